-- Every sighting of a message in a mailbox. By fact_by_key.
select id, at, key, digest, conversation_guid, conversation_index, in_reply_to, refs, subject, from_address, sender,
  author, list, folder_owner, folder, signs, importance, flag_complete, to_addresses, cc_addresses, message_id,
  mailbox, categories, reply_to, size
from fact where mailbox = ?1 and key = ?2 order by id
