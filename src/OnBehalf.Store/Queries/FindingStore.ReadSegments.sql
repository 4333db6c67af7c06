-- Segments of a range of mailboxes and of months. By the segment's primary key.
select mailbox, month, part, rows, min_at, max_at, bytes
from segment where mailbox between ?1 and ?2 and month between ?3 and ?4 order by mailbox, month, part
