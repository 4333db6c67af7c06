Moved to a folder that closes, by its name or its path, the cycle is closed without a reply; another folder whose name
only ends like it closes nothing.

  closing-folder Archive, Inbox/Done

  Mon 09:00  customer -> support  filed Mail/Inbox/done
  Tue 09:00  customer -> support  filed Inbox/Undone
  Wed 09:00  customer -> support  filed Other-Inbox/Done
  Thu 09:00  support -> customer  by anna (on behalf)

=>
  Mon 09:00  in from customer; opens a wait, closed without a reply
  Tue 09:00  in from customer; opens a wait; Reopened
  Wed 09:00  in from customer
  Thu 09:00  out; Known(anna, OnBehalf); first response, waited 48:00, business 48:00; resolution 48:00
    cycle: 0 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 0:00, closed Mon 03 Mar 09:00, known Mon 03 Mar 09:00
    cycle: 1 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 48:00, closed Thu 06 Mar 09:00, known Tue 11 Mar 09:00
