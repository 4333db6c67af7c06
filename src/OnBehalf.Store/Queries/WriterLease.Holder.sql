-- Who writes. The store's only row.
select writer_process, writer_command, datetime(writer_since, 'unixepoch') from store
