-- The generation of the newest audit record in each name. By primary key.
select id, changed from send_name order by id
