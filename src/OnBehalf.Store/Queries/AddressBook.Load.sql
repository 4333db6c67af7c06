-- Addresses from a number on, in their order, with how many there are. By primary key.
select id, text, (select count(*) from address) from address where id >= ?1 order by id
