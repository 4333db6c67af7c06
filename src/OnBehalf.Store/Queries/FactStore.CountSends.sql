-- What there is of audit records from an instant on, by name. A sweep over send_by_mailbox; each is looked up by fact_by_key,
-- in the mailbox whose name it is and only where it is not there in all of them: "case" stops at the first answer, "and" does not.
select send.mailbox, count(*), sum(length(key) = 0), sum(case
    when length(key) = 0 then 0
    when exists (select 1 from fact where fact.mailbox = send.mailbox and fact.key = send.key) then 0
    when exists (select 1 from mailbox cross join fact on fact.mailbox = mailbox.id where fact.key = send.key) then 0
    else 1 end), max(at)
from send where at >= ?1 group by send.mailbox order by send.mailbox
