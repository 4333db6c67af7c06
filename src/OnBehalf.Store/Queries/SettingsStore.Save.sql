-- Replaces the settings if they still are what they were. The only row.
insert into settings (id, version, saved_at, document) select 1, ?1 + 1, ?2, ?3
where ?1 = coalesce((select version from settings), 0)
on conflict (id) do update set version = excluded.version, saved_at = excluded.saved_at, document = excluded.document
