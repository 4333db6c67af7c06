-- One new address under its number. By primary key.
insert into address (id, text) values (?1, ?2)
