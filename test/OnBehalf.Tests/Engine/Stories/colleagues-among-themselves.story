Mail is internal only when every participant is, those in Cc too.

  Mon 09:00  boss -> support
  Tue 09:00  boss -> support cc customer  new

=>
  Mon 09:00  in from boss; opens a wait, still waiting; Internal
    cycle: 0 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 0:00, open
  Tue 09:00  in from boss; opens a wait, still waiting
    cycle: 0 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 0:00, open
