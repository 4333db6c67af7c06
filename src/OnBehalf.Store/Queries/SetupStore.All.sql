-- What the set-up check found. By primary key.
select severity, fault, place, evidence, remedy, gain, seen_at from setup_finding order by number
