A short message is thanks only after a reply; where none was sent yet it waits.

  short-thanks

  Mon 09:00  customer -> support  short

=>
  Mon 09:00  in from customer; opens a wait, still waiting
    cycle: 0 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 0:00, open
