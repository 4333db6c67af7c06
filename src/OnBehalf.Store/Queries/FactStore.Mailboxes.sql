-- Mailboxes that have facts. By primary key.
select id from mailbox order by id
