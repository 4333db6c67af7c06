A reply must be later than what it answers.

  Mon 09:00  customer -> support
  Mon 09:00  support -> customer  by anna (on behalf)

=>
  Mon 09:00  in from customer; opens a wait, still waiting
  Mon 09:00  out; Known(anna, OnBehalf)
    cycle: 0 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 0:00, open
