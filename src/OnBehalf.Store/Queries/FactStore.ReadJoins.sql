-- What joining needs of every sighting of a mailbox, by number. A sweep over the mailbox's part of the primary key.
select id, at, key, digest, conversation_guid, conversation_index, in_reply_to, refs, subject
from fact where mailbox = ?1 order by id
