Received and answered outside hours: no business time, and flagged.

  open Mon-Fri 09:00-17:00

  Sat 10:00  customer -> support
  Sun 11:00  support -> customer  by anna (on behalf)

=>
  Sat 10:00  in from customer; opens a wait; OutOfHours
  Sun 11:00  out; Known(anna, OnBehalf); first response, waited 25:00, business 0:00; resolution 25:00; OutOfHours
    cycle: 1 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 25:00, closed Sun 09 Mar 11:00, known Fri 14 Mar 11:00
