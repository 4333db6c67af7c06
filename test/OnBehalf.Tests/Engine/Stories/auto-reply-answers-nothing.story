An automatic reply goes out at once; a person answers after three hours.

  Mon 09:00  customer -> support
  Mon 09:00  support -> customer  auto
  Mon 12:00  support -> customer  by anna (on behalf) re 1

=>
  Mon 09:00  in from customer; opens a wait
  Mon 09:00  out; AutoReply; Unattributed(AutomatedMessage)
  Mon 12:00  out; Known(anna, OnBehalf); first response, waited 3:00, business 3:00; resolution 3:00
    cycle: 1 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 3:00, closed Mon 03 Mar 12:00, known Sat 08 Mar 12:00
