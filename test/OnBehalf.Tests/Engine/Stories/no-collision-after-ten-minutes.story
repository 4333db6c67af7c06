Eleven minutes later it is a second reply by somebody else: a handoff, no collision.

  Mon 09:00  customer -> support
  Mon 09:30  support -> customer  by anna (on behalf)
  Mon 09:41  support -> customer  by ben (on behalf) re 1

=>
  Mon 09:00  in from customer; opens a wait
  Mon 09:30  out; Known(anna, OnBehalf); first response, waited 0:30, business 0:30
  Mon 09:41  out; Known(ben, OnBehalf); resolution 0:41
    cycle: 2 replies, 0 touches, 1 handoffs, 0 collisions, customer waited 0:30, closed Mon 03 Mar 09:41, known Sat 08 Mar 09:41
