-- Outgoing webhooks: what each endpoint is to get, every delivery and every attempt. Attempts are rows, not events.

create table webhook_lanes (
  tenant_id     uuid not null,
  endpoint_id   uuid not null,
  settings      jsonb not null,                  -- as of the outlet's checkpoint: the next events are matched against them
  enabled       boolean not null,
  failures      int not null default 0,          -- attempts since the last success
  failing_since timestamptz,                     -- in the tenant's time, as all times here
  paused_until  timestamptz,                     -- the receiver asked for a pause, or fails too often
  primary key (tenant_id, endpoint_id)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 200);
call protect('webhook_lanes');
grant select, insert, update, delete on webhook_lanes to mainstreet_app;

create table webhook_deliveries (
  tenant_id        uuid not null,
  delivery_id      uuid not null,
  endpoint_id      uuid not null,
  event_id         uuid not null,
  event_type       text not null,
  position         bigint not null check (position >= 0),  -- 0: a test, which is not in the log
  stream_id        uuid not null,                -- the subject
  payload          text not null check (payload in ('thin', 'full')),
  status           text not null default 'pending' check (status in ('pending', 'succeeded', 'failed', 'canceled')),
  asked            boolean not null default false,         -- to be tried at once, by hand
  attempts         int not null default 0,       -- rises with every attempt: the fence
  retries          int not null default 0,       -- steps of the schedule that were taken
  next_attempt_at  timestamptz not null,
  last_status_code int,
  last_error       text,
  created_at       timestamptz not null,
  completed_at     timestamptz,
  primary key (tenant_id, delivery_id)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
create index webhook_deliveries_pending on webhook_deliveries (tenant_id, endpoint_id, position) where status = 'pending';
create index webhook_deliveries_subject on webhook_deliveries (tenant_id, endpoint_id, stream_id, position) where status = 'pending';
create index webhook_deliveries_next on webhook_deliveries (tenant_id, endpoint_id, next_attempt_at) where status = 'pending';
create index webhook_deliveries_asked on webhook_deliveries (tenant_id, endpoint_id) where asked;
create index webhook_deliveries_failed on webhook_deliveries (tenant_id, created_at, position, delivery_id) where status = 'failed';
create index webhook_deliveries_newest on webhook_deliveries (tenant_id, created_at, position, delivery_id);
create index webhook_deliveries_of_endpoint on webhook_deliveries (tenant_id, endpoint_id, created_at, position, delivery_id);
call protect('webhook_deliveries');
grant select, insert, update on webhook_deliveries to mainstreet_app;

create table webhook_attempts (
  tenant_id     uuid not null,
  delivery_id   uuid not null,
  number        int not null check (number > 0),
  attempted_at  timestamptz not null,
  status_code   int,
  error         text,
  duration_ms   int not null,
  response_body text,
  primary key (tenant_id, delivery_id, number),
  check (status_code is not null or error is not null)
);
call protect('webhook_attempts');
grant select, insert on webhook_attempts to mainstreet_app;
