-- Keeps a bookmark. By primary key.
insert into bookmark (account, place, text) values (?1, ?2, ?3)
on conflict (account, place) do update set text = excluded.text
