-- Forgets the subscription of a mailbox. By primary key.
delete from subscription where account = ?1
