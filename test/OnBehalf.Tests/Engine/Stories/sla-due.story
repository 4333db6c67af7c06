One hour promised; Friday 16:30 falls due on Monday 09:30.

  open Mon-Fri 09:00-17:00  sla 1h

  Fri 16:30  customer -> support

=>
  Fri 16:30  in from customer; opens a wait, still waiting, due Mon 10 Mar 09:30
    cycle: 0 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 0:00, open
