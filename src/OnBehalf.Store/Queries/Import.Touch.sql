-- Ground has changed: the next generation, and the number of the next fact. The store's only row.
update store set generation = generation + 1, next_fact = coalesce(?1, next_fact)
