A list rewrote From; a header names the author. Direction follows the author, and the list reaches whoever waits.

  silence never

  Mon 09:00  support -> support  by customer (header) (list)
  Mon 10:00  support -> support  by anna (header) (list)
  Mon 11:00  support -> support  by other (header) (list)

=>
  Mon 09:00  in from customer; opens a wait
  Mon 10:00  out; Known(anna, AuthorHeader); first response, waited 1:00, business 1:00; Internal
  Mon 11:00  in from other; opens a wait, still waiting
    cycle: 1 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 1:00, open
