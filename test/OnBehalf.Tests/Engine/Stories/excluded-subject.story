A word of the subject that is excluded leaves the message out; it begins no cycle, and the next one is the first.

  exclude-subject lottery, Spam

  Mon 09:00  customer -> support  spam
  Mon 10:00  customer -> support
  Mon 11:00  support -> customer  by anna (on behalf)

=>
  Mon 09:00  in from customer; Excluded
  Mon 10:00  in from customer; opens a wait
  Mon 11:00  out; Known(anna, OnBehalf); first response, waited 1:00, business 1:00; resolution 1:00
    cycle: 1 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 1:00, closed Mon 03 Mar 11:00, known Sat 08 Mar 11:00
