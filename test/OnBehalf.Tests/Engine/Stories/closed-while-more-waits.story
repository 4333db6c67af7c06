One message of the conversation is flagged complete, and later ones are too.

  Mon 09:00  customer -> support  flag complete
  Mon 09:30  support -> customer  by anna (on behalf)  flag complete
  Tue 09:00  customer -> support

=>
  Mon 09:00  in from customer; opens a wait
  Mon 09:30  out; Known(anna, OnBehalf); first response, waited 0:30, business 0:30; resolution 0:30
  Tue 09:00  in from customer; opens a wait, still waiting; Reopened
    cycle: 1 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 0:30, closed Mon 03 Mar 09:30, known Mon 03 Mar 09:30
    cycle: 0 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 0:00, open
