The customer writes twice before Anna answers under her own name.

  Mon 09:00  customer -> support
  Mon 09:10  customer -> support
  Mon 09:30  anna -> customer

=>
  Mon 09:00  in from customer; opens a wait
  Mon 09:10  in from customer
  Mon 09:30  out; Known(anna, OwnName); first response, waited 0:30, business 0:30; resolution 0:30
    cycle: 1 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 0:30, closed Mon 03 Mar 09:30, known Sat 08 Mar 09:30
