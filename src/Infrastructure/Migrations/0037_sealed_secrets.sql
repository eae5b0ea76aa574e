-- One store of sealed secrets serves integrations and connections. What an update brings along from before stays as it is.
alter table integration_secrets rename to sealed_secrets;

-- Who refreshes a connection's token: one at a time, of all processes. A lease that its holder does not give back ends by itself.
create table token_leases (
  tenant_id     uuid not null,
  connection_id uuid not null,
  holder        uuid not null,
  leased_until  timestamptz not null,
  primary key (tenant_id, connection_id)
) with (fillfactor = 50);
call protect('token_leases');
grant select, insert, update, delete on token_leases to mainstreet_app;
