-- The outermost ends of the spans that one overlaps or touches. By the first column of the primary key.
select min(start), max(finish) from audit_window where import = ?1 and start <= ?3 and finish >= ?2
