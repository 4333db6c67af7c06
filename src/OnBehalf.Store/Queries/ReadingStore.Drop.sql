-- Drops the spans within one. By primary key.
delete from audit_window where import = ?1 and start >= ?2 and finish <= ?3
