-- Adds a mailbox to be read, or changes how; what was read of it stays. By primary key.
insert into account (id, tenant, graph_id, is_agent, horizon, added_at) values (?1, ?2, ?3, ?4, ?5, ?6)
on conflict (id) do update set tenant = excluded.tenant, graph_id = excluded.graph_id, is_agent = excluded.is_agent
