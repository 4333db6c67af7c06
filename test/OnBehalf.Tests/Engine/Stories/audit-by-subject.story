A record without a Message-ID names the author of the only message that fits by subject and time; one of a send on behalf
names its author for certain, and one of an application names nobody.

  audit

  Mon 09:00  customer -> support
  Mon 09:30  support -> customer  by anna (audit by subject)
  Tue 09:00  customer -> support
  Tue 09:30  support -> customer  by ben (audit on behalf)
  Wed 09:00  customer -> support
  Wed 09:30  support -> customer  by robot (application)

=>
  Mon 09:00  in from customer; opens a wait
  Mon 09:30  out; Known(anna, AuditBySubjectAndTime); first response, waited 0:30, business 0:30
  Tue 09:00  in from customer; opens a wait
  Tue 09:30  out; Known(ben, AuditSendOnBehalf); next response, waited 0:30, business 0:30
  Wed 09:00  in from customer; opens a wait
  Wed 09:30  out; Unattributed(ApplicationSender); next response, waited 0:30, business 0:30; resolution 48:30
    cycle: 3 replies, 0 touches, 1 handoffs, 0 collisions, customer waited 1:30, closed Wed 05 Mar 09:30, known Mon 10 Mar 09:30
