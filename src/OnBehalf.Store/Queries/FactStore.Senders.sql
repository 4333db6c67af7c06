-- Whoever was seen to send in another's name: senders of sent messages, actors of audit records, owners of sent copies.
-- A sweep over facts and sends.
select sender from fact where folder = 2 and sender <> 0 and sender <> from_address
union select actor from send
union select folder_owner from fact where folder_owner <> 0
