-- What name servers say to test businesses, which ask no real ones.
create table sandbox_dns (
  tenant_id uuid not null,
  name      text not null,
  texts     text[] not null,
  primary key (tenant_id, name)
);
call protect('sandbox_dns');
grant select, insert, update, delete on sandbox_dns to mainstreet_app;
