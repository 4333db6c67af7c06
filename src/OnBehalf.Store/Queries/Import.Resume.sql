-- The import that reads the same again and again, to go on with it. A sweep over imports, which are few.
select id, cursor from import where kind = ?1 and source = ?2 and mailbox = ?3 order by id limit 1
