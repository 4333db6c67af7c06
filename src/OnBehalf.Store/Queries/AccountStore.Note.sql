-- Notes how a round over a mailbox ended. By primary key.
update account set
  loaded_at = case when ?3 is null then coalesce(loaded_at, ?2) else loaded_at end,
  synced_at = case when ?3 is null then ?2 else synced_at end,
  problem = ?3,
  problem_at = case when ?3 is null then null else ?2 end
where id = ?1
