Anna answers, the customer asks on, Ben takes over and then Ben again.

  Mon 09:00  customer -> support
  Mon 09:30  support -> customer  by anna (on behalf)
  Mon 10:00  customer -> support
  Mon 10:30  support -> customer  by ben (on behalf)
  Mon 11:00  customer -> support
  Mon 11:10  support -> customer  by ben (on behalf)

=>
  Mon 09:00  in from customer; opens a wait
  Mon 09:30  out; Known(anna, OnBehalf); first response, waited 0:30, business 0:30
  Mon 10:00  in from customer; opens a wait
  Mon 10:30  out; Known(ben, OnBehalf); next response, waited 0:30, business 0:30
  Mon 11:00  in from customer; opens a wait
  Mon 11:10  out; Known(ben, OnBehalf); next response, waited 0:10, business 0:10; resolution 2:10
    cycle: 3 replies, 0 touches, 1 handoffs, 0 collisions, customer waited 1:10, closed Mon 03 Mar 11:10, known Sat 08 Mar 11:10
