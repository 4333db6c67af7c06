-- There are audit records of this generation in this name. By primary key.
insert into send_name (id, changed) select ?1, generation from store where true
on conflict (id) do update set changed = excluded.changed
