-- What was decided on events before which a subscription stood: an event that was left out stays readable.

create table parked_events (
  tenant_id    uuid not null,
  decision_id  uuid not null default gen_random_uuid(),
  subscription text not null,
  position     bigint not null,                  -- of the event
  event_id     uuid not null,
  event_type   text not null,
  parked_at    timestamptz not null,
  error        text not null,                    -- what the subscription said when it parked
  state        text not null check (state in ('retried', 'skipped', 'rebuilt')),
  reason       text,
  decided_by   uuid,
  decided_at   timestamptz not null default clock_timestamp(),
  primary key (tenant_id, decision_id)
);
create index parked_events_subscription on parked_events (subscription, state, parked_at, event_id);
call protect('parked_events', dispatcher => true);
grant select, insert on parked_events to mainstreet_app;
grant select on parked_events to mainstreet_dispatcher;
create index checkpoints_parked on checkpoints (subscription, parked_at) where parked_at is not null;

-- The events before which a subscription stands, or stood: of one tenant or of all. Null asks for any state or event.
create function parked_events_of(wanted text, target uuid, wanted_state text, wanted_event uuid, after_at timestamptz, after_id uuid, most int)
returns table (tenant_id uuid, "position" bigint, event_id uuid, event_type text, parked_at timestamptz, error text,
               state text, reason text, decided_by uuid, decided_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select p.* from (
    select c.tenant_id, e.position, e.event_id, e.type, c.parked_at, c.parked_error, 'parked' as state, null::text, null::uuid, null::timestamptz
      from checkpoints c join events e on e.tenant_id = c.tenant_id and e.position = c.position + 1
     where c.subscription = wanted and c.parked_at is not null
    union all
    select d.tenant_id, d.position, d.event_id, d.event_type, d.parked_at, d.error, d.state, d.reason, d.decided_by, d.decided_at
      from parked_events d where d.subscription = wanted) p
   where (target is null or p.tenant_id = target) and (wanted_state is null or p.state = wanted_state)
     and (wanted_event is null or p.event_id = wanted_event) and (after_at is null or (p.parked_at, p.event_id) > (after_at, after_id))
   order by p.parked_at, p.event_id limit most;
$$;

grant create on schema public to mainstreet_dispatcher;
alter function parked_events_of(text, uuid, text, uuid, timestamptz, uuid, int) owner to mainstreet_dispatcher;
revoke create on schema public from mainstreet_dispatcher;
revoke all on function parked_events_of(text, uuid, text, uuid, timestamptz, uuid, int) from public;
grant execute on function parked_events_of(text, uuid, text, uuid, timestamptz, uuid, int) to mainstreet_app;
