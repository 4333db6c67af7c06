A reply that reaches nobody who waits answers nothing.

  Mon 09:00  customer -> support
  Mon 09:30  support -> supplier  by anna (on behalf)
  Mon 10:30  support -> customer  by anna (on behalf)

=>
  Mon 09:00  in from customer; opens a wait
  Mon 09:30  out; Known(anna, OnBehalf)
  Mon 10:30  out; Known(anna, OnBehalf); first response, waited 1:30, business 1:30; resolution 1:30
    cycle: 1 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 1:30, closed Mon 03 Mar 10:30, known Sat 08 Mar 10:30
