-- The folder of received mail that a sighting was in, as the names people gave from the top, parted by "/"; empty when the
-- source does not say.
alter table fact add column filed text not null default '';
