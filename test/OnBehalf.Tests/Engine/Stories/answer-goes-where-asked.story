A web form writes for a customer and asks for answers to the customer's own address.

  Mon 09:00  form -> support  reply-to customer
  Mon 10:00  support -> customer  by anna (on behalf)

=>
  Mon 09:00  in from form; opens a wait
  Mon 10:00  out; Known(anna, OnBehalf); first response, waited 1:00, business 1:00; resolution 1:00
    cycle: 1 replies, 0 touches, 0 handoffs, 0 collisions, customer waited 1:00, closed Mon 03 Mar 10:00, known Sat 08 Mar 10:00
