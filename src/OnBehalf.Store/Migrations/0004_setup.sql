-- What the set-up check found the last time it looked; replaced whole. place: a mailbox, a person, or "tenant". remedy:
-- steps, one a line. gain: the part of outbound messages, 0 to 1, that could become known; null when that cannot be told.
-- severity: 0 note, 1 warning, 2 error. seen_at: seconds since 1970 UTC.
create table setup_finding (
  number integer primary key,
  severity integer not null,
  fault text not null,
  place text not null,
  evidence text not null,
  remedy text not null,
  gain real,
  seen_at integer not null
) strict;
