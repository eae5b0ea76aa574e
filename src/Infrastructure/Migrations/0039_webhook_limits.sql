-- Rates of endpoints, and what the log of deliveries and the statistics show of each attempt.
alter table webhook_lanes add column rate_window timestamptz, add column rate_used int not null default 0; -- sent in the second or minute that began then
alter table webhook_attempts add column endpoint_id uuid, add column request_headers jsonb, add column response_truncated boolean not null default false;
create index webhook_attempts_of_endpoint on webhook_attempts (tenant_id, endpoint_id, attempted_at);
