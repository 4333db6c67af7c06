Where the rule for copies is on, a message that names the mailbox in Cc only opens no wait and begins no cycle;
resolution is the first wait.

  cc-only

  Mon 09:00  customer -> support
  Mon 10:00  support -> customer  by anna (on behalf)
  Mon 10:30  customer -> boss cc support

=>
  Mon 09:00  in from customer; opens a wait
  Mon 10:00  out; Known(anna, OnBehalf); first response, waited 1:00, business 1:00; resolution 1:00
  Mon 10:30  in from customer; NoReplyNeeded
    cycle: 1 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 1:00, closed Mon 03 Mar 10:00, known Sat 08 Mar 10:30
