-- Every tenant.
select id, cloud, client, credential from tenant order by id
