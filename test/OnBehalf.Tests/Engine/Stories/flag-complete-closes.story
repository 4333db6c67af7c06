A flag set to complete closes the cycle without a reply; the wait is cancelled and the next message begins anew.

  Mon 09:00  customer -> support  flag complete
  Tue 09:00  customer -> support

=>
  Mon 09:00  in from customer; opens a wait, closed without a reply
  Tue 09:00  in from customer; opens a wait, still waiting; Reopened
    cycle: 0 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 0:00, closed Mon 03 Mar 09:00, known Mon 03 Mar 09:00
    cycle: 0 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 0:00, open
