A list rewrote From and nothing names the author: outbound, and unattributed.

  Mon 09:00  support -> support  by list-bounces@acme.example (on behalf) (list)
  Mon 10:00  support -> support  by list-bounces@acme.example (on behalf) (list)

=>
  Mon 09:00  out; Unattributed(SenderUnknown); Internal, BegunByAgent
  Mon 10:00  out; Unattributed(SenderUnknown); Internal, BegunByAgent
