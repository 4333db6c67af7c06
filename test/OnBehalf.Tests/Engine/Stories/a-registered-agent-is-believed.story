A name that machines use is nobody's, unless an administrator says that it is an agent's.

  Mon 09:00  customer -> support
  Mon 09:30  support -> customer  by root (on behalf)
  Mon 10:00  customer -> support
  Mon 10:20  support -> customer  by nobody@acme.example (on behalf)

=>
  Mon 09:00  in from customer; opens a wait
  Mon 09:30  out; Known(root, OnBehalf); first response, waited 0:30, business 0:30
  Mon 10:00  in from customer; opens a wait
  Mon 10:20  out; Unattributed(SenderUnknown); next response, waited 0:20, business 0:20; resolution 1:20
    cycle: 2 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 0:50, closed Mon 03 Mar 10:20, known Sat 08 Mar 10:20
