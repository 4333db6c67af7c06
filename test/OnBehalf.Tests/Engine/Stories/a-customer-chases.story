A customer writes three times before anybody answers.
It is one wait, and it starts at the first message.

  Mon 01:00  customer -> support
  Mon 01:10  customer -> support
  Mon 01:15  customer -> support
  Mon 01:20  support -> customer  by anna (on behalf)

=>
  Mon 01:00  in from customer; opens a wait
  Mon 01:10  in from customer
  Mon 01:15  in from customer
  Mon 01:20  out; Known(anna, OnBehalf); first response, waited 0:20, business 0:20; resolution 0:20
    cycle: 1 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 0:20, closed Mon 03 Mar 01:20, known Sat 08 Mar 01:20
