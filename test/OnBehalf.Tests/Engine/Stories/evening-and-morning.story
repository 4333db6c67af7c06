A customer writes in the evening and again in the morning; Anna answers once.
The wait starts at the first unanswered message, not the last.

  zone Europe/Prague  open Mon-Fri 08:00-17:00  audit connected

  Mon 18:20  customer -> support
  Tue 08:05  customer -> support
  Tue 08:50  support -> customer  by anna (audit)

=>
  Mon 18:20  in from customer; opens a wait
  Tue 08:05  in from customer
  Tue 08:50  out; Known(anna, AuditSendAs); first response, waited 14:30, business 0:50; resolution 14:30
    cycle: 1 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 14:30, closed Tue 04 Mar 08:50, known Sun 09 Mar 08:50
