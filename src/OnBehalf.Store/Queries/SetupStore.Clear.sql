-- Forgets what the set-up check found. All rows.
delete from setup_finding
