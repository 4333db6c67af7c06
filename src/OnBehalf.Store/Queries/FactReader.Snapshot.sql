-- Any row: as long as it is being looked at, the snapshot stays. The store's only row.
select id from store
