-- Ground: the tenants and mailboxes that are read, and how far each was.

-- Tenants, by id. credential: where the secret or the certificate is, as env:NAME, file:PATH or certificate:PATH;
-- never the secret itself.
create table tenant (
  id text primary key,
  cloud text not null,
  client text not null,
  credential text not null,
  added_at integer not null
) strict;

-- Mailboxes that are read. id: address of the primary. graph_id: what Graph calls it. is_agent: an agent's own Sent
-- Items. horizon: how far back its first reading goes. Times: seconds since 1970 UTC. loaded_at: when the first reading
-- had come to its end; synced_at: when the last round had; problem: what the last round met, null when all was well.
create table account (
  id integer primary key,
  tenant text not null,
  graph_id text not null,
  is_agent integer not null,
  horizon integer not null,
  added_at integer not null,
  loaded_at integer,
  synced_at integer,
  problem text,
  problem_at integer
) strict;

-- How far each part of an account was read, in the source's own words. place: a folder's id, or the list of folders.
create table bookmark (
  account integer not null,
  place text not null,
  text text not null,
  primary key (account, place)
) strict, without rowid;
