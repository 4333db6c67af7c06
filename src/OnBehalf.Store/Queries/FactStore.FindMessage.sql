-- Every sighting of a message. By fact_by_key, once per mailbox.
select fact.id, at, key, digest, conversation_guid, conversation_index, in_reply_to, refs, subject, from_address,
  sender, author, list, folder_owner, folder, signs, importance, flag_complete, to_addresses, cc_addresses, message_id,
  mailbox, categories, reply_to, size, filed
from mailbox cross join fact on fact.mailbox = mailbox.id
where fact.key = ?1 order by fact.mailbox, fact.id
