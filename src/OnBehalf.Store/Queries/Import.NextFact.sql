-- The number of the next fact. The store's only row.
select next_fact from store
