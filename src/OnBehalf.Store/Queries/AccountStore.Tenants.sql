-- Every tenant.
select id, cloud, client, credential, secret_ends_at from tenant order by id
