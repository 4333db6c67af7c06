-- How many pieces of an import were damaged so far. By primary key.
select damaged from import where id = ?1
