-- Ground: how far the audit log was read, and what the tenant looked like when somebody last looked.

-- Interfaces of the audit log that were asked, by the number of their import. kept: seconds that they keep records.
-- asked_at: when for the first time; problem: what the last attempt ended with, null when all was well. Times: seconds
-- since 1970 UTC.
create table audit_reading (
  import integer primary key,
  kept integer not null,
  asked_at integer not null,
  problem text
) strict;

-- Spans of the audit log that were read, from start to before finish; those of one import neither overlap nor touch.
create table audit_window (
  import integer not null,
  start integer not null,
  finish integer not null,
  primary key (import, start)
) strict, without rowid;

-- Pictures of the tenant, each replaced whole. kind: exchange for rights, copies and auditing; directory for the people who
-- are agents. json: its form is that of StoreJson.
create table picture (
  kind text primary key,
  taken_at integer not null,
  json text not null
) strict, without rowid;

-- When the secret ends, as the administrator said it: only the directory knows, and few may ask it.
alter table tenant add column secret_ends_at integer;
