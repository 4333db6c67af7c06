A customer's thanks is a message by a person like any other: it opens a wait and stays in the backlog.

  Mon 09:00  customer -> support
  Mon 10:00  support -> customer  by anna (on behalf)
  Mon 10:30  customer -> support

=>
  Mon 09:00  in from customer; opens a wait
  Mon 10:00  out; Known(anna, OnBehalf); first response, waited 1:00, business 1:00
  Mon 10:30  in from customer; opens a wait, still waiting
    cycle: 1 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 1:00, open
