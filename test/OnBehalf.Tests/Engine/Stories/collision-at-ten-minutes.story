Ten minutes to the second is a collision; a reply whose author is not known collides with none.

  Mon 09:00  customer -> support
  Mon 09:30  support -> customer  by anna (on behalf)
  Mon 09:40  support -> customer  by ben (on behalf)
  Mon 09:42  support -> customer
  Mon 09:44  support -> customer

=>
  Mon 09:00  in from customer; opens a wait
  Mon 09:30  out; Known(anna, OnBehalf); first response, waited 0:30, business 0:30
  Mon 09:40  out; Known(ben, OnBehalf); Collision
  Mon 09:42  out; Unattributed(SendAsNoAuditSource)
  Mon 09:44  out; Unattributed(SendAsNoAuditSource); resolution 0:44
    cycle: 3 replies, 0 touches, 0 handoffs, 1 collisions, customer waited 0:30, closed Mon 03 Mar 09:44, known Sat 08 Mar 09:44
