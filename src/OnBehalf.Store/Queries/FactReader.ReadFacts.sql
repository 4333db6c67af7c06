-- The facts of a mailbox from a number on. A sweep along the mailbox's part of the primary key.
select id, at, key, digest, conversation_guid, conversation_index, in_reply_to, refs, subject, from_address, sender,
  author, list, folder_owner, folder, signs, importance, flag_complete, to_addresses, cc_addresses, message_id,
  mailbox, categories, reply_to, size, filed
from fact where mailbox = ?1 and id >= ?2 order by id
