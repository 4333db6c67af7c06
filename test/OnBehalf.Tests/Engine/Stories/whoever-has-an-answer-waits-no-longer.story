After the answer to one, another writes: a mail to the first reaches nobody who waits.

  Mon 09:00  customer -> support
  Mon 09:30  support -> customer  by anna (on behalf)
  Mon 10:00  partner -> support
  Mon 10:30  support -> customer  by anna (on behalf)
  Mon 11:00  support -> partner  by anna (on behalf)

=>
  Mon 09:00  in from customer; opens a wait
  Mon 09:30  out; Known(anna, OnBehalf); first response, waited 0:30, business 0:30
  Mon 10:00  in from partner; opens a wait
  Mon 10:30  out; Known(anna, OnBehalf)
  Mon 11:00  out; Known(anna, OnBehalf); next response, waited 1:00, business 1:00; resolution 2:00
    cycle: 2 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 1:30, closed Mon 03 Mar 11:00, known Sat 08 Mar 11:00
