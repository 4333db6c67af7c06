-- What a mailbox's findings stand on. By primary key.
insert into finding (mailbox, generation, rules, engine_version, made_at) values (?1, ?2, ?3, ?4, ?5)
on conflict (mailbox) do update set generation = excluded.generation, rules = excluded.rules,
  engine_version = excluded.engine_version, made_at = excluded.made_at
