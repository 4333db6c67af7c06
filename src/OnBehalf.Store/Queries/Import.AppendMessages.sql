-- One sighting, unless it is known. By fact_by_key.
insert into fact (mailbox, id, at, key, digest, conversation_guid, conversation_index, in_reply_to, refs, subject,
  from_address, sender, author, list, folder_owner, folder, signs, importance, flag_complete, to_addresses,
  cc_addresses, message_id, categories, import, reply_to, size, filed)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24,
  ?25, ?26, ?27)
on conflict (mailbox, key, digest) do nothing
