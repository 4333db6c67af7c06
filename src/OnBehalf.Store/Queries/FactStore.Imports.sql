-- Every import, the newest first. By primary key.
select id, kind, source, mailbox, began_at, ended_at, added, known, damaged, cursor from import order by id desc
