The message says Anna, the audit record says Ben: both are certain, so it is ambiguous.

  audit connected

  Mon 09:00  customer -> support
  Mon 09:30  support -> customer  by ben (audit)
  Mon 10:00  customer -> support
  Mon 10:05  support -> customer  by anna (on behalf) copy of ben

=>
  Mon 09:00  in from customer; opens a wait
  Mon 09:30  out; Known(ben, AuditSendAs); first response, waited 0:30, business 0:30
  Mon 10:00  in from customer; opens a wait
  Mon 10:05  out; Ambiguous(anna, ben); next response, waited 0:05, business 0:05; resolution 1:05
    cycle: 2 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 0:35, closed Mon 03 Mar 10:05, known Sat 08 Mar 10:05
