-- Secrets of a business's integrations, sealed with the master key. They are in no event, and so in no export.
create table integration_secrets (
  tenant_id  uuid not null,
  secret_id  uuid not null,
  sealed     text not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, secret_id)
);
call protect('integration_secrets');
grant select, insert, delete on integration_secrets to mainstreet_app;
