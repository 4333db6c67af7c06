The flag is set on a message that was answered: the answer still counts.

  Mon 09:00  customer -> support  flag complete
  Mon 11:00  support -> customer  by anna (on behalf)

=>
  Mon 09:00  in from customer; opens a wait
  Mon 11:00  out; Known(anna, OnBehalf); first response, waited 2:00, business 2:00; resolution 2:00
    cycle: 1 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 2:00, closed Mon 03 Mar 11:00, known Mon 03 Mar 11:00
