Anna forwards to a colleague after one hour and answers after two.

  Mon 09:00  customer -> support
  Mon 10:00  support -> boss  by anna (on behalf)
  Mon 11:00  support -> customer  by anna (on behalf) re 1

=>
  Mon 09:00  in from customer; opens a wait
  Mon 10:00  out; Known(anna, OnBehalf); Touch, Internal
  Mon 11:00  out; Known(anna, OnBehalf); first response, waited 2:00, business 2:00; resolution 2:00
    cycle: 1 replies, 1 touches, 0 handoffs, 0 collisions, customer waited 2:00, closed Mon 03 Mar 11:00, known Sat 08 Mar 11:00
