-- One finding of the set-up check. By primary key.
insert into setup_finding (number, severity, fault, place, evidence, remedy, gain, seen_at)
values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
