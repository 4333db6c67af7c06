Where the rule is on, a short message right after a reply opens no wait; the cycle closes at the reply, and resolution
is the first wait. A long one, or a short one while somebody waits, waits like any other.

  short-thanks

  Mon 09:00  customer -> support  short
  Mon 09:30  customer -> support  short
  Mon 10:00  support -> customer  by anna (on behalf)
  Mon 10:30  customer -> support  short
  Mon 10:40  customer -> support

=>
  Mon 09:00  in from customer; opens a wait
  Mon 09:30  in from customer
  Mon 10:00  out; Known(anna, OnBehalf); first response, waited 1:00, business 1:00
  Mon 10:30  in from customer; NoReplyNeeded
  Mon 10:40  in from customer; opens a wait, still waiting
    cycle: 1 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 1:00, open
