-- Notes who writes, or that nobody does. The store's only row.
update store set writer_process = ?1, writer_command = ?2, writer_since = ?3
