-- Notes that an interface was asked; when for the first time, stays. By primary key.
insert into audit_reading (import, kept, asked_at, problem) values (?1, ?2, ?3, ?4)
on conflict (import) do update set kept = excluded.kept, problem = excluded.problem
