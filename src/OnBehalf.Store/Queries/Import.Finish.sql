-- Notes that an import has ended. By primary key.
update import set ended_at = ?2 where id = ?1
