-- Replaces the picture of a kind. By primary key.
insert into picture (kind, taken_at, json) values (?1, ?2, ?3)
on conflict (kind) do update set taken_at = excluded.taken_at, json = excluded.json
