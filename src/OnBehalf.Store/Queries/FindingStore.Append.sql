-- One segment. By primary key.
insert into segment (mailbox, month, part, rows, min_at, max_at, bytes) values (?1, ?2, ?3, ?4, ?5, ?6, ?7)
