-- The interfaces of the audit log that were asked. By primary key.
select import.source, audit_reading.kept, audit_reading.asked_at, audit_reading.problem
from audit_reading join import on import.id = audit_reading.import order by audit_reading.import
