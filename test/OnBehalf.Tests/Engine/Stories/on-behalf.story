The message itself says "John on behalf of Acme Support". Even an agent who is in no directory is known by it.

  Mon 09:00  customer -> support
  Mon 09:30  support -> customer  by john@acme.example (on behalf)

=>
  Mon 09:00  in from customer; opens a wait
  Mon 09:30  out; Known(john, OnBehalf); first response, waited 0:30, business 0:30; resolution 0:30
    cycle: 1 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 0:30, closed Mon 03 Mar 09:30, known Sat 08 Mar 09:30
