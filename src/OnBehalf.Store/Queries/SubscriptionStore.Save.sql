-- Adds the subscription of a mailbox, or replaces it. By primary key.
insert into subscription (account, id, state, address, expires_at) values (?1, ?2, ?3, ?4, ?5)
on conflict (account) do update set
  id = excluded.id, state = excluded.state, address = excluded.address, expires_at = excluded.expires_at
