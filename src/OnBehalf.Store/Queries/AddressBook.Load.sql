-- Addresses from a number on, in their order. By primary key.
select id, text from address where id >= ?1 order by id
