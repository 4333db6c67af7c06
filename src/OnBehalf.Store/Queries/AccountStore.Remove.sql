-- Reads a mailbox no longer. By primary key.
delete from account where id = ?1
