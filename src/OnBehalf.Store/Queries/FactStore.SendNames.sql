-- In whose names audit records are. By primary key.
select id from send_name order by id
