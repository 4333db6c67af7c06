-- Notes that an import begins.
insert into import (kind, source, mailbox, began_at) values (?1, ?2, ?3, ?4) returning id
