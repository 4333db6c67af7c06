-- Adds a page to its import. By primary key.
update import set added = added + ?2, known = known + ?3, damaged = damaged + ?4, cursor = coalesce(?5, cursor)
where id = ?1
