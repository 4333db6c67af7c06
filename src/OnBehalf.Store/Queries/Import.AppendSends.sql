-- One audit record, unless it is known. By primary key.
insert into send (record_id, operation, at, actor, mailbox, key, folded_key, subject, actor_type, import)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
on conflict (record_id) do nothing
