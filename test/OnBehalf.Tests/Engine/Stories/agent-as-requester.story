An agent writes to the mailbox like anybody else; that is an internal request, and a colleague answers it.

  Mon 09:00  anna -> support
  Mon 09:45  support -> anna  by ben (on behalf)

=>
  Mon 09:00  in from anna; opens a wait; Internal
  Mon 09:45  out; Known(ben, OnBehalf); first response, waited 0:45, business 0:45; resolution 0:45; Internal
    cycle: 1 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 0:45, closed Mon 03 Mar 09:45, known Sat 08 Mar 09:45
