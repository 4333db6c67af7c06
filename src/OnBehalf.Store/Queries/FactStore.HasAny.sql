-- Whether a mailbox has sightings: a row or none.
select 1 from fact where mailbox = ?1 limit 1
