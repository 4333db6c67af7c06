With the setting for coaching the clock runs from the last message.

  clock last

  Mon 09:00  customer -> support
  Mon 09:40  customer -> support
  Mon 10:00  support -> customer  by anna (on behalf)

=>
  Mon 09:00  in from customer
  Mon 09:40  in from customer; opens a wait
  Mon 10:00  out; Known(anna, OnBehalf); first response, waited 0:20, business 0:20; resolution 1:00
    cycle: 1 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 0:20, closed Mon 03 Mar 10:00, known Sat 08 Mar 10:00
