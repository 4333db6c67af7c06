-- What there is of audit records from an instant on, by name. A sweep over send_by_mailbox; each is looked up by fact_by_key,
-- in the mailbox whose name it is and only where it is not there in all of them.
select send.mailbox, count(*), sum(length(key) = 0), sum(length(key) > 0
    and not exists (select 1 from fact where fact.mailbox = send.mailbox and fact.key = send.key)
    and not exists (select 1 from mailbox cross join fact on fact.mailbox = mailbox.id where fact.key = send.key)), max(at)
from send where at >= ?1 group by send.mailbox order by send.mailbox
