-- Something that could not be read. By primary key.
insert into damage (import, number, place, reason) values (?1, ?2, ?3, ?4)
