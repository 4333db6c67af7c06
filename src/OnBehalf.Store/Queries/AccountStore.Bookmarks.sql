-- How far a mailbox was read. By the first column of the primary key.
select place, text from bookmark where account = ?1
