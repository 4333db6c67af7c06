-- The mailbox has facts of this generation. By primary key.
insert into mailbox (id, changed) select ?1, generation from store where true
on conflict (id) do update set changed = excluded.changed
