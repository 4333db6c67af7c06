One of the categories that close is enough, whatever else the message is filed under and however it is written; others
close nothing.

  closing-category Solved, Done

  Mon 09:00  customer -> support  category Orders,done
  Tue 09:00  customer -> support  category Orders
  Wed 09:00  customer -> support

=>
  Mon 09:00  in from customer; opens a wait, closed without a reply
  Tue 09:00  in from customer; opens a wait, still waiting; Reopened
  Wed 09:00  in from customer
    cycle: 0 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 0:00, closed Mon 03 Mar 09:00, known Mon 03 Mar 09:00
    cycle: 0 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 0:00, open
