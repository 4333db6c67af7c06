-- Every subscription.
select account, id, state, address, expires_at from subscription order by account
