-- Forgets what was found out about a mailbox. By primary key.
delete from segment where mailbox = ?1
