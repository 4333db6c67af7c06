Nobody answers for ten days. Silence does not end a wait: leaving hard mail unanswered never improves a figure.

  2025-03-03 09:00  customer -> support
  2025-03-10 09:00  customer -> support
  2025-03-13 09:00  support -> customer  by anna (on behalf)

=>
  2025-03-03 09:00  in from customer; opens a wait
  2025-03-10 09:00  in from customer
  2025-03-13 09:00  out; Known(anna, OnBehalf); first response, waited 240:00, business 240:00; resolution 240:00
    cycle: 1 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 240:00, closed Thu 13 Mar 09:00, known Tue 18 Mar 09:00
