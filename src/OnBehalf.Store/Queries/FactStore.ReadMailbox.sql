-- Every fact of a mailbox, by number. A sweep over the mailbox's part of the primary key.
select id, at, key, digest, conversation_guid, conversation_index, in_reply_to, refs, subject, from_address, sender,
  author, list, folder_owner, folder, signs, importance, flag_complete, to_addresses, cc_addresses, message_id,
  mailbox, categories, reply_to, size, filed
from fact where mailbox = ?1 order by id
