-- Addresses from a number on, in their order, with the last number there is. By primary key.
select id, text, (select max(id) from address) from address where id >= ?1 order by id
