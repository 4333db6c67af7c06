Who wrote the first of two replies is not known: the second is no collision.

  audit connected

  Mon 09:00  customer -> support
  Mon 09:30  support -> customer
  Mon 09:35  support -> customer  by ben (audit)

=>
  Mon 09:00  in from customer; opens a wait
  Mon 09:30  out; Unattributed(AuditRecordMissing); first response, waited 0:30, business 0:30
  Mon 09:35  out; Known(ben, AuditSendAs); resolution 0:35
    cycle: 2 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 0:30, closed Mon 03 Mar 09:35, known Sat 08 Mar 09:35
