-- Ground: which mailboxes Graph tells us about, so that a restart goes on with what was agreed.

-- Subscriptions to change notifications, one a mailbox. id: Graph's. state: the word that only Graph and we know; it says
-- that a notice is Graph's, and opens nothing. address: where notices go. expires_at: seconds since 1970 UTC.
create table subscription (
  account integer primary key,
  id text not null,
  state text not null,
  address text not null,
  expires_at integer not null
) strict;
