-- Rows of files that are imported, sealed with the master key, in parts that are each a piece of work. They are removed when the import has ended.
create table import_parts (
  tenant_id uuid not null,
  import_id uuid not null,
  upload    uuid not null,                       -- of two files that come at once, one is imported
  part      int not null,
  sealed    text not null,
  primary key (tenant_id, import_id, upload, part)
);
call protect('import_parts');
grant select, insert, delete on import_parts to mainstreet_app;

-- Why rows were not taken; nothing of the rows is quoted.
create table import_errors (
  tenant_id uuid not null,
  import_id uuid not null,
  row       int not null,
  line      int not null,
  id        uuid,                                -- of the thing that the row means
  place   text not null,
  code      text not null,
  message   text not null,
  primary key (tenant_id, import_id, row)
);
call protect('import_errors');
grant select, insert, delete on import_errors to mainstreet_app;
