-- What every mailbox's findings stand on, and the version of the settings. A sweep over both, by primary key.
select mailbox, generation, rules, engine_version, made_at from finding
union all select 0, version, 0, 0, saved_at from settings
order by 1
