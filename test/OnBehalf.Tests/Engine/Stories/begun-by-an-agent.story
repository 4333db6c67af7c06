An agent writes first; the requester's answer opens the first wait.

  Mon 09:00  support -> customer  by anna (on behalf)
  Mon 10:00  customer -> support
  Mon 10:20  support -> customer  by ben (on behalf)

=>
  Mon 09:00  out; Known(anna, OnBehalf); BegunByAgent
  Mon 10:00  in from customer; opens a wait; BegunByAgent
  Mon 10:20  out; Known(ben, OnBehalf); first response, waited 0:20, business 0:20; resolution 0:20; BegunByAgent
    cycle: 1 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 0:20, closed Mon 03 Mar 10:20, known Sat 08 Mar 10:20
