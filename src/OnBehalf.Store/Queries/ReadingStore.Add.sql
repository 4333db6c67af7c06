-- Adds a span that was read. By primary key.
insert into audit_window (import, start, finish) values (?1, ?2, ?3)
