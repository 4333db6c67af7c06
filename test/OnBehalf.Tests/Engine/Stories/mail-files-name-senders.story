A mail file does not say where a message lay: a sender counts where it is an agent or a colleague and no list passed the
message on.

  files

  Mon 09:00  customer -> support
  Mon 09:30  support -> customer  by anna (on behalf)
  Mon 10:00  support -> customer  by stranger (on behalf)
  Mon 10:30  support -> customer  by anna (on behalf) (other list)

=>
  Mon 09:00  in from customer; opens a wait
  Mon 09:30  out; Known(anna, OnBehalf); first response, waited 0:30, business 0:30
  Mon 10:00  out; Unattributed(SenderUnknown)
  Mon 10:30  out; Unattributed(SenderUnknown); resolution 1:30
    cycle: 3 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 0:30, closed Mon 03 Mar 10:30, known Sat 08 Mar 10:30
