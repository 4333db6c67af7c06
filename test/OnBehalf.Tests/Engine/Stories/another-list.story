A reply that came through another list reaches whom it names; only to the mailbox's own list everybody listens.

  Mon 09:00  customer -> support
  Mon 09:30  ben -> support (other list)
  Mon 10:00  ben -> support (list)

=>
  Mon 09:00  in from customer; opens a wait
  Mon 09:30  out; Known(ben, OwnName); Touch, Internal
  Mon 10:00  out; Known(ben, OwnName); first response, waited 1:00, business 1:00; resolution 1:00; Internal
    cycle: 1 replies, 1 touches, 0 handoffs, 0 collisions, customer waited 1:00, closed Mon 03 Mar 10:00, known Sat 08 Mar 10:00
