Where the rule for copies is on: named in Cc among others is named in Cc, and named in both is asked.

  cc-only

  Mon 09:00  customer -> boss,ben cc partner,support
  Mon 10:00  customer -> boss,support cc partner,support
  Mon 11:00  customer -> boss cc partner

=>
  Mon 09:00  in from customer; NoReplyNeeded
  Mon 10:00  in from customer; opens a wait, still waiting
  Mon 11:00  in from customer
    cycle: 0 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 0:00, open
