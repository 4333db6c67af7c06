-- Each question of the benchmark for both databases; :names are replaced by the script. One row a group: keys, then figures.
-- Percentiles are docs/metrics.md's: linear between neighbours, percentile_cont in both.
-- name: agents
select agent, count(*), percentile_cont(0.5) within group (order by response), percentile_cont(0.9) within group (order by response)
from f where response is not null and moment >= :from and moment < :to group by agent
-- name: agents-mailbox
select agent, count(*), percentile_cont(0.5) within group (order by response), percentile_cont(0.9) within group (order by response)
from f where response is not null and moment >= :from and moment < :to and mailbox = :mailbox group by agent
-- name: agents-sla
select agent, met::double precision / all_of_them from (
  select agent, sum(case when answered = 1 and ended <= due then 1 else 0 end) as met,
    sum(case when (answered = 1 and ended <= due) or coalesce(ended, :asof) > due then 1 else 0 end) as all_of_them
  from f where wait = 1 and due is not null and moment >= :from and moment < :to group by agent) x where all_of_them > 0
-- name: requesters
select agent, count(distinct requester) from f
where outbound = 1 and human = 1 and requester is not null and moment >= :from and moment < :to group by agent
-- name: days-mailbox
select moment / 86400 as day, sum(1 - outbound), sum(outbound),
  sum(case when response is not null and first = 1 then 1 else 0 end),
  percentile_cont(0.5) within group (order by case when first = 1 then response end),
  percentile_cont(0.9) within group (order by case when first = 1 then response end)
from f where moment >= :from and moment < :to and mailbox = :mailbox group by day
-- name: heat
select (moment / 3600 + 72) % 168 as hour, count(*) from f where outbound = 0 and human = 1 and moment >= :from
  and moment < :to group by hour
-- name: mailboxes-days
select mailbox, moment / 86400 as day, count(*) from f where outbound = 0 and moment >= :from
  and moment < :to group by mailbox, day
-- name: coverage
select mailbox, sum(known)::double precision / count(*) from f where outbound = 1 and human = 1 and moment >= :from
  and moment < :to group by mailbox
-- name: backlog
with t as (select d * 86400 as t from generate_series(:from / 86400 + 1, :asof / 86400) as s(d)),
  w as (select moment, coalesce(ended, 9999999999) as ended from f where wait = 1
  and coalesce(ended, 9999999999) > :from + 86400 and moment < :to)
select t / 86400 - 1 as day, sum(case when t - moment < 3600 then 1 else 0 end), sum(case when t - moment >= 3600
  and t - moment < 14400 then 1 else 0 end),
  sum(case when t - moment >= 14400 and t - moment < 28800 then 1 else 0 end), sum(case when t - moment >= 28800
  and t - moment < 86400 then 1 else 0 end),
  sum(case when t - moment >= 86400 and t - moment < 259200 then 1 else 0 end),
  sum(case when t - moment >= 259200 then 1 else 0 end)
from t join w on moment <= t and ended > t group by day
-- name: backlog-mailbox
with t as (select d * 86400 as t from generate_series(:from / 86400 + 1, :asof / 86400) as s(d)),
  w as (select moment, coalesce(ended, 9999999999) as ended from f
    where wait = 1 and mailbox = :mailbox and coalesce(ended, 9999999999) > :from + 86400 and moment < :to)
select t / 86400 - 1 as day, sum(case when t - moment < 3600 then 1 else 0 end), sum(case when t - moment >= 3600
  and t - moment < 14400 then 1 else 0 end),
  sum(case when t - moment >= 14400 and t - moment < 28800 then 1 else 0 end), sum(case when t - moment >= 28800
  and t - moment < 86400 then 1 else 0 end),
  sum(case when t - moment >= 86400 and t - moment < 259200 then 1 else 0 end),
  sum(case when t - moment >= 259200 then 1 else 0 end)
from t join w on moment <= t and ended > t group by day
