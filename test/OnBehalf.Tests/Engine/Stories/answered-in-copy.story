An answer reaches the requester in Cc, too; a mail to a colleague with a stranger in Cc is no touch.

  Mon 09:00  customer -> support
  Mon 09:30  support -> boss cc stranger  by ben (on behalf)
  Mon 10:00  support -> boss cc customer  by anna (on behalf)

=>
  Mon 09:00  in from customer; opens a wait
  Mon 09:30  out; Known(ben, OnBehalf)
  Mon 10:00  out; Known(anna, OnBehalf); first response, waited 1:00, business 1:00; resolution 1:00
    cycle: 1 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 1:00, closed Mon 03 Mar 10:00, known Sat 08 Mar 10:00
