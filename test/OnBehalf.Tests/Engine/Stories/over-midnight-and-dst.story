The clocks go forward on Sunday 30 March at two; opening is at three, so the night has three open hours, not four.

  zone Europe/Prague  open Sat 22:00-00:00; Sun 00:00-04:00

  2025-03-29 23:00  customer -> support
  2025-03-30 05:00  support -> customer  by anna (on behalf)

=>
  2025-03-29 23:00  in from customer; opens a wait
  2025-03-30 05:00  out; Known(anna, OnBehalf); first response, waited 5:00, business 4:00; resolution 5:00
    cycle: 1 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 5:00, closed Sun 30 Mar 05:00, known Fri 04 Apr 05:00
