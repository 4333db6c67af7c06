-- The settings and their version. The only row.
select version, document from settings
