-- Every mailbox that is read, in the order of their numbers.
select id, tenant, graph_id, is_agent, horizon, loaded_at, synced_at, problem, problem_at from account order by id
