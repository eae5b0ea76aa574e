-- Replays: how far the events of each have been filed. What is filed are deliveries like others, and they know their replay.
create table webhook_replay_runs (
  tenant_id   uuid not null,
  replay_id   uuid not null,
  endpoint_id uuid not null,
  position    bigint not null,                   -- everything up to here was looked at
  to_position bigint not null,
  types       text[],                            -- null: all that the endpoint asks for
  status      text not null default 'filing' check (status in ('filing', 'delivering', 'closed')),
  primary key (tenant_id, replay_id)
);
create index webhook_replay_runs_open on webhook_replay_runs (tenant_id, endpoint_id) where status <> 'closed';
call protect('webhook_replay_runs');
grant select, insert, update on webhook_replay_runs to mainstreet_app;

alter table webhook_deliveries add column replay_id uuid;
create index webhook_deliveries_of_replay on webhook_deliveries (tenant_id, replay_id, status) where replay_id is not null;
