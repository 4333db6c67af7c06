-- Derived: what was found out. All of it can be deleted and computed from ground again.

-- What a mailbox's segments stand on: generation of ground, fingerprint of the settings, engine version.
create table finding (
  mailbox integer primary key,
  generation integer not null,
  rules integer not null,
  engine_version integer not null,
  made_at integer not null
) strict;

-- Findings as packed columns, replaced whole by mailbox. month: months since January 1970.
create table segment (
  mailbox integer not null,
  month integer not null,
  part integer not null,
  rows integer not null,
  min_at integer not null,
  max_at integer not null,
  bytes blob not null,
  primary key (mailbox, month, part)
) strict;
