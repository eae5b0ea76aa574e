-- Rebuilds: a second generation of a view's rows is folded beside the live one, and then becomes what readers see.

-- One transaction can look at, and write, another generation than the live one: app.generation.<view>. Row-level security
-- and the tenant hold for it as for any.
create or replace function live_generation(wanted text) returns int language sql stable parallel safe as $$
  select coalesce(
    nullif(current_setting('app.generation.' || wanted, true), '')::int,
    (select g.generation from live_generations g where g.tenant_id = (select current_tenant()) and g.view = wanted),
    1);
$$;

-- The generation to write a row to that a commit read in another trip: the live one, or the commit has to read again.
create function expect_generation(read_in int, live int) returns int language plpgsql immutable as $$
begin
  if read_in <> live then
    raise exception 'The view was switched to generation % meanwhile.', live using errcode = 'MS408';
  end if;
  return live;
end $$;

create table rebuilds (
  tenant_id         uuid not null,
  rebuild_id        uuid not null,                 -- the same in every tenant that was asked to rebuild together
  view              text not null,                 -- the table, name_vN
  generation        int not null,                  -- what is built
  previous          int not null,                  -- what readers saw when it was asked for
  switch            text not null check (switch in ('auto', 'manual')),
  goal              text not null check (goal in ('compare', 'switch', 'roll_back')),
  status            text not null check (status in (
                      'requested', 'building', 'catching_up', 'verifying', 'ready', 'switched', 'rolled_back', 'canceled', 'failed')),
  position          bigint not null default 0,     -- folded up to here
  total             bigint not null default 0,     -- the head of the log when last looked at
  previous_position bigint,                        -- up to where the previous generation was folded at the switch
  compared_at       bigint,                        -- position of the last comparison
  rows_live         bigint,
  rows_built        bigint,
  checksum_live     text,
  checksum_built    text,
  error             text,
  requested_by      uuid,
  requested_at      timestamptz not null default clock_timestamp(),
  started_at        timestamptz,
  updated_at        timestamptz,
  finished_at       timestamptz,
  drop_at           timestamptz,                   -- when the rows that nobody sees go
  dropped_at        timestamptz,
  diff              jsonb,                         -- what differed when last compared; goes with the rows
  attempt           int not null default 0,        -- rises with every claim: the fence
  leased_until      timestamptz not null default '-infinity',
  primary key (tenant_id, rebuild_id)
) with (fillfactor = 50);
create unique index rebuilds_running on rebuilds (tenant_id, view) where status in ('requested', 'building', 'catching_up', 'verifying', 'ready');
create index rebuilds_by_id on rebuilds (rebuild_id);
create index rebuilds_work on rebuilds (requested_at) where status in ('requested', 'building', 'catching_up', 'verifying');
create index rebuilds_droppable on rebuilds (drop_at) where drop_at is not null;
call protect('rebuilds', dispatcher => true);
grant select, insert, update on rebuilds to mainstreet_app;
grant select, insert, update on rebuilds to mainstreet_dispatcher;
grant select on live_generations to mainstreet_dispatcher;
create policy dispatcher on live_generations to mainstreet_dispatcher using (true) with check (true);

-- Begins a rebuild in one tenant, or in every tenant that has a log and does not rebuild this view already. Answers in how many.
create function start_rebuilds(id uuid, wanted text, target uuid, wanted_switch text, requester uuid) returns bigint
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  started bigint;
begin
  insert into rebuilds (tenant_id, rebuild_id, view, generation, previous, switch, goal, status, total, requested_by)
  select t.tenant_id, id, wanted,
         1 + greatest(live.generation, (select max(r.generation) from rebuilds r where r.tenant_id = t.tenant_id and r.view = wanted)),
         live.generation, wanted_switch, case wanted_switch when 'auto' then 'switch' else 'compare' end, 'requested', head.position, requester
    from tenants t
   cross join lateral (
     select coalesce((select g.generation from live_generations g where g.tenant_id = t.tenant_id and g.view = wanted), 1) as generation) live
   cross join lateral (select coalesce(max(e.position), 0) as position from events e where e.tenant_id = t.tenant_id) head
   where (target is null and head.position > 0 and t.status <> 'closed') or t.tenant_id = target
      on conflict do nothing;
  get diagnostics started = row_count;
  return started;
end $$;

-- Claims work on rebuilds, the oldest first.
create function claim_rebuilds(most int, lease interval) returns setof rebuilds
language sql volatile security definer set search_path = public, pg_temp as $$
  with chosen as (
    select tenant_id, rebuild_id from rebuilds
     where status in ('requested', 'building', 'catching_up', 'verifying') and leased_until < clock_timestamp()
     order by requested_at limit most for update skip locked)
  update rebuilds r set attempt = r.attempt + 1, leased_until = clock_timestamp() + lease, started_at = coalesce(r.started_at, clock_timestamp())
    from chosen c where r.tenant_id = c.tenant_id and r.rebuild_id = c.rebuild_id
  returning r.*;
$$;

-- The fence of every step: moves a rebuild from where its worker read it, or raises.
create function advance_rebuild(id uuid, seen_attempt int, old_position bigint, new_position bigint, head bigint, new_status text, lease interval) returns void
language plpgsql volatile as $$
begin
  update rebuilds set position = new_position, total = greatest(total, head), status = new_status, updated_at = clock_timestamp(),
                      leased_until = clock_timestamp() + lease
   where tenant_id = (select current_tenant()) and rebuild_id = id and attempt = seen_attempt and position = old_position
     and status in ('requested', 'building', 'catching_up', 'verifying');
  if not found then
    raise exception 'Rebuild % was canceled or taken over.', id using errcode = 'MS409';
  end if;
end $$;

-- A rebuild in all the tenants that it runs in, for operators.
create function rebuilds_of(id uuid) returns setof rebuilds
language sql stable security definer set search_path = public, pg_temp as $$
  select * from rebuilds where rebuild_id = id order by tenant_id;
$$;

-- Generations whose time is over.
create function droppable_rebuilds(most int) returns setof rebuilds
language sql stable security definer set search_path = public, pg_temp as $$
  select * from rebuilds where drop_at <= clock_timestamp() order by drop_at limit most;
$$;

-- Where one subscription stands in the tenants where it is parked or furthest behind, for operators.
create function subscription_lag(wanted text, target uuid, most int)
returns table (tenant_id uuid, "position" bigint, head bigint, lag_seconds float8, parked_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.tenant_id, coalesce(c.position, 0), h.position,
         greatest(0, extract(epoch from clock_timestamp() - (
           select e.recorded_at from events e where e.tenant_id = t.tenant_id and e.position = coalesce(c.position, 0) + 1)))::float8,
         c.parked_at
    from tenants t
   cross join lateral (select e.position from events e where e.tenant_id = t.tenant_id order by e.position desc limit 1) h
    left join checkpoints c on c.tenant_id = t.tenant_id and c.subscription = wanted
   where target is null or t.tenant_id = target
   order by c.parked_at nulls last, h.position - coalesce(c.position, 0) desc, t.tenant_id
   limit most;
$$;

-- Subscriptions summed over the tenants, for operators.
create function projection_states(wanted text[], target uuid)
returns table (subscription text, tenants int, "position" bigint, events bigint, lag_seconds float8, parked int, rebuilding int)
language sql stable security definer set search_path = public, pg_temp as $$
  with heads as materialized (
    select t.tenant_id, h.position from tenants t
     cross join lateral (select e.position from events e where e.tenant_id = t.tenant_id order by e.position desc limit 1) h
     where target is null or t.tenant_id = target),
  behind as (
    select n.subscription, h.tenant_id, h.position as head, coalesce(c.position, 0) as position, c.parked_at is not null as parked
      from unnest(wanted) as n (subscription) cross join heads h
      left join checkpoints c on c.tenant_id = h.tenant_id and c.subscription = n.subscription)
  select n.subscription, count(b.tenant_id)::int, coalesce(sum(b.position), 0)::bigint, coalesce(sum(b.head), 0)::bigint,
         greatest(0, extract(epoch from clock_timestamp() - min((
           select e.recorded_at from events e where e.tenant_id = b.tenant_id and e.position = b.position + 1 and b.position < b.head))))::float8,
         count(*) filter (where b.parked)::int,
         (select count(*) from rebuilds r where r.view = n.subscription and (target is null or r.tenant_id = target)
             and r.status in ('requested', 'building', 'catching_up', 'verifying', 'ready'))::int
    from unnest(wanted) as n (subscription) left join behind b on b.subscription = n.subscription
   group by n.subscription;
$$;

do $$
declare
  f regprocedure;
begin
  foreach f in array array[
    'start_rebuilds(uuid, text, uuid, text, uuid)', 'claim_rebuilds(int, interval)', 'rebuilds_of(uuid)', 'droppable_rebuilds(int)',
    'subscription_lag(text, uuid, int)', 'projection_states(text[], uuid)']::regprocedure[]
  loop
    grant create on schema public to mainstreet_dispatcher;
    execute format('alter function %s owner to mainstreet_dispatcher', f);
    revoke create on schema public from mainstreet_dispatcher;
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to mainstreet_app', f);
  end loop;
end $$;
