-- How many sightings a mailbox has. A sweep over the mailbox's part of fact_by_key, the narrower of the two.
select count(*) from fact where mailbox = ?1
