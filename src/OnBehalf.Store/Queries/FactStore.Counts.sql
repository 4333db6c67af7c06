-- What there is of each mailbox. A sweep over all facts, by primary key; messages are counted along fact_by_key.
select mailbox, keys, count(*) - keys, sum(message_id = ''), sum(at is null), min(at), max(at)
from fact join (select mailbox as m, count(distinct key) as keys from fact group by mailbox) on m = mailbox
group by mailbox order by mailbox
