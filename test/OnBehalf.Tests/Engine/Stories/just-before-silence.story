One second earlier the silence is not over: the same cycle goes on.

  2025-03-03 09:00  customer -> support
  2025-03-03 10:00  support -> customer  by anna (on behalf)
  2025-03-08 09:59:59  customer -> support

=>
  2025-03-03 09:00  in from customer; opens a wait
  2025-03-03 10:00  out; Known(anna, OnBehalf); first response, waited 1:00, business 1:00
  2025-03-08 09:59:59  in from customer; opens a wait, still waiting
    cycle: 1 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 1:00, open
