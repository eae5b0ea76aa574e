-- A view as it was at a moment: a generation that is built up to there and kept for a while. Readers of the present never see it.

alter table rebuilds add column up_to bigint;                  -- no further than this position; null: as far as the live rows are
alter table rebuilds drop constraint rebuilds_goal_check;
alter table rebuilds add constraint rebuilds_goal_check check (goal in ('compare', 'switch', 'roll_back', 'keep'));
drop index rebuilds_running;
create unique index rebuilds_running on rebuilds (tenant_id, view)
  where status in ('requested', 'building', 'catching_up', 'verifying', 'ready') and goal <> 'keep';
create unique index rebuilds_generation on rebuilds (tenant_id, view, generation);
create index rebuilds_kept on rebuilds (tenant_id, up_to) where goal = 'keep' and dropped_at is null;

-- Begins what is missing of these views as they were at a position of the present tenant's log, at most so many moments at a time. Answers
-- the generations; those that go within a minute are no use any more.
create function keep_generations(wanted text[], moment bigint, requester uuid, most int)
returns table (view text, generation int, status text) language plpgsql volatile as $$
#variable_conflict use_column
declare
  tenant uuid := current_tenant();
begin
  perform pg_advisory_xact_lock(hashtextextended('keep ' || tenant, 0));
  insert into rebuilds (tenant_id, rebuild_id, view, generation, previous, switch, goal, status, total, requested_by, up_to)
  select tenant, gen_random_uuid(), w.view, 1 + greatest(live_generation(w.view), (select max(r.generation) from rebuilds r where r.tenant_id = tenant and r.view = w.view)),
         live_generation(w.view), 'manual', 'keep', 'requested', moment, requester, moment
    from unnest(wanted) as w (view)
   where not exists (
     select from rebuilds r where r.tenant_id = tenant and r.view = w.view and r.goal = 'keep' and r.up_to = moment and r.status <> 'failed'
        and coalesce(r.drop_at, 'infinity') > clock_timestamp() + interval '1 minute');
  if found and (select count(distinct r.up_to) from rebuilds r where r.tenant_id = tenant and r.goal = 'keep' and r.dropped_at is null) > most then
    raise exception 'At most % moments are kept at a time.', most using errcode = 'MS429';
  end if;
  return query
    select distinct on (r.view) r.view, r.generation, r.status from rebuilds r
     where r.tenant_id = tenant and r.view = any (wanted) and r.goal = 'keep' and r.up_to = moment and r.status <> 'failed'
       and coalesce(r.drop_at, 'infinity') > clock_timestamp() + interval '1 minute'
     order by r.view, r.requested_at desc;
end $$;

-- Subscriptions summed over the tenants, for operators.
create or replace function projection_states(wanted text[], target uuid)
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
             and r.goal <> 'keep' and r.status in ('requested', 'building', 'catching_up', 'verifying', 'ready'))::int
    from unnest(wanted) as n (subscription) left join behind b on b.subscription = n.subscription
   group by n.subscription;
$$;
