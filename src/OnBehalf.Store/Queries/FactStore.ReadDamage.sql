-- What an import could not read. By primary key.
select place, reason from damage where import = ?1 order by number
