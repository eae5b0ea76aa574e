-- The chain of one request is found by its id. A column of its own: under a policy an index serves no expression on jsonb.
alter table events add column correlation_id uuid generated always as ((metadata ->> 'correlation_id')::uuid) stored;
create index events_correlation on events (tenant_id, correlation_id, position);
