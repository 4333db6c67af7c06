-- Every span of the audit log that was read. All rows.
select start, finish from audit_window order by start, finish
