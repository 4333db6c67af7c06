-- The last picture of a kind. By primary key.
select json from picture where kind = ?1
