Five days of silence close a cycle at its last reply; a later message begins a new one, reopened.

  2025-03-03 09:00  customer -> support
  2025-03-03 10:00  support -> customer  by anna (on behalf)
  2025-03-08 10:00  customer -> support
  2025-03-08 11:00  support -> customer  by anna (on behalf)

=>
  2025-03-03 09:00  in from customer; opens a wait
  2025-03-03 10:00  out; Known(anna, OnBehalf); first response, waited 1:00, business 1:00; resolution 1:00
  2025-03-08 10:00  in from customer; opens a wait; Reopened
  2025-03-08 11:00  out; Known(anna, OnBehalf); first response, waited 1:00, business 1:00; resolution 1:00
    cycle: 1 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 1:00, closed Mon 03 Mar 10:00, known Sat 08 Mar 10:00
    cycle: 1 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 1:00, closed Sat 08 Mar 11:00, known Thu 13 Mar 11:00
