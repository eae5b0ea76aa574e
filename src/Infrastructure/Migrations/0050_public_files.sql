-- Files that a business shows to everybody. A row is there before its file and goes after it, so that no file is forgotten; the file is on a disk or at a service.
create table public_files (
  tenant_id uuid not null,
  resource  text not null,                       -- for what it is, such as products
  name      text not null,
  bytes     int not null,
  kept_at   timestamptz not null,                -- by the tenant's clock
  primary key (tenant_id, resource, name)
);
call protect('public_files');
grant select, insert, update, delete on public_files to mainstreet_app;
