Anna answers; Ben, who did not see it, answers six minutes later. The second answers nothing.

  Mon 09:00  customer -> support
  Mon 09:30  support -> customer  by anna (on behalf)
  Mon 09:36  support -> customer  by ben (on behalf) re 1

=>
  Mon 09:00  in from customer; opens a wait
  Mon 09:30  out; Known(anna, OnBehalf); first response, waited 0:30, business 0:30; resolution 0:30
  Mon 09:36  out; Known(ben, OnBehalf); Collision
    cycle: 1 replies, 0 touches, 0 handoffs, 1 collisions, customer waited 0:30, closed Mon 03 Mar 09:30, known Sat 08 Mar 09:36
