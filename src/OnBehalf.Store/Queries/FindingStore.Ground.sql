-- Each mailbox's newest fact, the ground as it is, and what its findings stand on. By primary keys.
select mailbox.id, mailbox.changed, store.generation, finding.generation, finding.rules, finding.engine_version
from mailbox cross join store left join finding on finding.mailbox = mailbox.id order by mailbox.id
