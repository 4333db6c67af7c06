Newsletters and bounces wait for nobody.

  Mon 09:00  shop -> support newsletter
  Mon 09:10  daemon -> support new bounce

=>
  Mon 09:00  in from shop; Bulk
  Mon 09:10  in from daemon; Bounce
