-- When API keys were used. Rows and not events: they change with use, to the minute, and nobody asks what they were before.
create table api_key_uses (
  tenant_id    uuid not null,
  key_id       uuid not null,
  last_used_at timestamptz not null,             -- by the wall clock
  primary key (tenant_id, key_id)
) with (fillfactor = 70);
call protect('api_key_uses');
grant select, insert, update on api_key_uses to mainstreet_app;
