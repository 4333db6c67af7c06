Mail of an excluded address opens no wait.

  exclude monitor

  Mon 09:00  monitor -> support
  Mon 09:30  customer -> support new

=>
  Mon 09:00  in from monitor; Excluded
  Mon 09:30  in from customer; opens a wait, still waiting
    cycle: 0 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 0:00, open
