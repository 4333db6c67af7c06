-- Forgets how far a mailbox was read. By the first column of the primary key.
delete from bookmark where account = ?1
