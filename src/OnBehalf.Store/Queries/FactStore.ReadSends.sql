-- Audit records in one name, by time. By send_by_mailbox.
select record_id, operation, at, actor, mailbox, key, folded_key, subject, actor_type
from send where mailbox = ?1 order by at, record_id
