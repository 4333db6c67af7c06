Anna answers the requester from her own address, with the mailbox in copy.

  Mon 09:00  customer -> support
  Mon 09:45  anna -> customer cc support

=>
  Mon 09:00  in from customer; opens a wait
  Mon 09:45  out; Known(anna, OwnName); first response, waited 0:45, business 0:45; resolution 0:45
    cycle: 1 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 0:45, closed Mon 03 Mar 09:45, known Sat 08 Mar 09:45
