-- Drops a bookmark whose place is gone. By primary key.
delete from bookmark where account = ?1 and place = ?2
