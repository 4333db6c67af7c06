-- What every mailbox's findings stand on. A sweep by primary key.
select mailbox, generation, rules, engine_version, made_at from finding order by mailbox
