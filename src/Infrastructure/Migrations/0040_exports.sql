-- Files of exports, in pieces that are each a gzip member. A run writes under its own mark, so that one that was overtaken adds nothing.
create table export_files (
  tenant_id uuid not null,
  export_id uuid not null,
  run       uuid not null,
  total     bigint not null,                     -- rows there were when it began
  primary key (tenant_id, export_id)
);
call protect('export_files');
grant select, insert, update, delete on export_files to mainstreet_app;

create table export_parts (
  tenant_id uuid not null,
  export_id uuid not null,
  part      int not null,
  rows      bigint not null,
  content   bytea not null,
  primary key (tenant_id, export_id, part)
);
alter table export_parts alter column content set storage external;   -- it is compressed
call protect('export_parts');
grant select, insert, delete on export_parts to mainstreet_app;
