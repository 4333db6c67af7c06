Two customers wait in one conversation; a reply to either is the reply.

  Mon 09:00  customer -> support
  Mon 09:10  partner -> support
  Mon 09:30  support -> partner  by anna (on behalf)
  Mon 09:50  support -> customer  by ben (on behalf)

=>
  Mon 09:00  in from customer; opens a wait
  Mon 09:10  in from partner
  Mon 09:30  out; Known(anna, OnBehalf); first response, waited 0:30, business 0:30
  Mon 09:50  out; Known(ben, OnBehalf); resolution 0:50
    cycle: 2 replies, 0 touches, 1 handoffs, 0 collisions, customer waited 0:30, closed Mon 03 Mar 09:50, known Sat 08 Mar 09:50
