-- Adds a tenant, or changes how it is signed in to. By primary key.
insert into tenant (id, cloud, client, credential, added_at, secret_ends_at) values (?1, ?2, ?3, ?4, ?5, ?6)
on conflict (id) do update set cloud = excluded.cloud, client = excluded.client, credential = excluded.credential,
  secret_ends_at = excluded.secret_ends_at
