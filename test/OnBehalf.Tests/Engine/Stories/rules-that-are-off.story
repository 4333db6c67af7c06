Without the rules for copies and for short thanks, both wait like any other mail.

  Mon 09:00  customer -> support
  Mon 10:00  support -> customer  by anna (on behalf)
  Mon 10:30  customer -> support  short
  Mon 11:00  support -> customer  by anna (on behalf)
  Mon 11:30  customer -> boss cc support

=>
  Mon 09:00  in from customer; opens a wait
  Mon 10:00  out; Known(anna, OnBehalf); first response, waited 1:00, business 1:00
  Mon 10:30  in from customer; opens a wait
  Mon 11:00  out; Known(anna, OnBehalf); next response, waited 0:30, business 0:30
  Mon 11:30  in from customer; opens a wait, still waiting
    cycle: 2 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 1:30, open
