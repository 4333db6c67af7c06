-- Ground: what was observed, and what the administrator wants. Nothing here can be computed from anything else.

-- One row about the store itself.
-- generation: counts the transactions that changed ground; what is derived remembers the generation it stands on.
-- next_fact: the number of the next fact. writer_*: who writes, or wrote last; the lock is on the file "-writer".
create table store (
  id integer primary key check (id = 1),
  generation integer not null,
  next_fact integer not null,
  writer_process integer,
  writer_command text,
  writer_since integer
) strict;
insert into store (id, generation, next_fact) values (1, 0, 1);

-- Every address met, in lower case, each once. Numbers are dense from 1; 0 means that none is known.
create table address (
  id integer primary key,
  text text not null unique
) strict;

-- Mailboxes that have facts. id: address of the primary. changed: generation of its newest fact.
create table mailbox (
  id integer primary key,
  changed integer not null
) strict;

-- Every import. Times: seconds since 1970 UTC. ended_at is null when it was interrupted. kind: mail or audit.
create table import (
  id integer primary key,
  kind text not null,
  source text not null,
  mailbox integer not null,
  began_at integer not null,
  ended_at integer,
  added integer not null default 0,
  known integer not null default 0,
  damaged integer not null default 0,
  cursor text
) strict;

-- What could not be read; at most 1,000 of an import are kept, import.damaged counts all.
create table damage (
  import integer not null,
  number integer not null,
  place text not null,
  reason text not null,
  primary key (import, number)
) strict, without rowid;

-- Sightings of messages, never edited. A repeated sighting (same mailbox, key and digest) is not stored again.
-- Rows lie together by mailbox, so that a mailbox is read in one sweep however its pages arrived.
-- key: 16 bytes, the fingerprint of the Message-ID. at: seconds since 1970 UTC, null without a date.
-- from_address … list, folder_owner: address.id, 0 when unknown. to_, cc_addresses, reply_to: address.id, 4 bytes each,
-- most significant first. size: bytes of the whole message, null when unknown. in_reply_to, refs: keys, 16 bytes each.
-- signs, folder, importance: numbers of the engine's enums
-- Signs, Folder, Importance. categories: JSON array, empty text when there are none.
create table fact (
  mailbox integer not null,
  id integer not null,
  at integer,
  key blob not null,
  digest integer not null,
  conversation_guid blob not null,
  conversation_index blob not null,
  in_reply_to blob not null,
  refs blob not null,
  subject text not null,
  from_address integer not null,
  sender integer not null,
  author integer not null,
  list integer not null,
  folder_owner integer not null,
  folder integer not null,
  signs integer not null,
  importance integer not null,
  flag_complete integer not null,
  to_addresses blob not null,
  cc_addresses blob not null,
  message_id text not null,
  categories text not null,
  import integer not null,
  reply_to blob not null,
  size integer,
  primary key (mailbox, id)
) strict, without rowid;
create unique index fact_by_key on fact (mailbox, key, digest);

-- SendAs and SendOnBehalf records of the audit log, never edited. mailbox: in whose name, which may be an alias.
-- operation, actor_type: numbers of the engine's enums SendOperation, ActorType.
create table send (
  record_id text primary key,
  operation integer not null,
  at integer not null,
  actor integer not null,
  mailbox integer not null,
  key blob not null,
  folded_key blob not null,
  subject text not null,
  actor_type integer not null,
  import integer not null
) strict;
create index send_by_mailbox on send (mailbox, at);

-- In whose name sends are known, and the generation of the newest one.
create table send_name (
  id integer primary key,
  changed integer not null
) strict;

-- What the administrator wants, as one JSON document.
create table settings (
  id integer primary key check (id = 1),
  version integer not null,
  saved_at integer not null,
  document text not null
) strict;

-- For people with the sqlite3 shell: messages with their addresses as text.
create view mail as
select fact.id, m.text as mailbox, datetime(fact.at, 'unixepoch') as at, f.text as "from", s.text as sender,
  a.text as author, fact.subject, fact.message_id, fact.folder, fact.signs
from fact
join address m on m.id = fact.mailbox
left join address f on f.id = fact.from_address
left join address s on s.id = fact.sender
left join address a on a.id = fact.author;
