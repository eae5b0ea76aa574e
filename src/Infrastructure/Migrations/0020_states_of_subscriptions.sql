-- Gauges ask for this every few seconds: of each tenant the one row of its checkpoints is read, not a row for each subscription, and
-- the log is looked at only where something is behind.
create or replace function projection_states(wanted text[], target uuid)
returns table (subscription text, tenants int, "position" bigint, events bigint, lag_seconds float8, parked int, rebuilding int)
language sql stable security definer set search_path = public, pg_temp as $$
  with heads as materialized (
    select t.tenant_id, h.position, c.positions from tenants t
     cross join lateral (select e.position from events e where e.tenant_id = t.tenant_id order by e.position desc limit 1) h
      left join tenant_checkpoints c on c.tenant_id = t.tenant_id
     where target is null or t.tenant_id = target),
  behind as (
    select n.subscription, h.tenant_id, h.position as head, coalesce(h.positions[s.slot], 0) as position
      from unnest(wanted) as n (subscription) left join subscriptions s on s.name = n.subscription cross join heads h),
  sums as (
    select b.subscription, count(*)::int as tenants, sum(b.position)::bigint as position, sum(b.head)::bigint as events,
           min((select e.recorded_at from events e where e.tenant_id = b.tenant_id and e.position = b.position + 1))
             filter (where b.position < b.head) as oldest
      from behind b group by b.subscription)
  select n.subscription, coalesce(b.tenants, 0), coalesce(b.position, 0), coalesce(b.events, 0),
         greatest(0, extract(epoch from clock_timestamp() - b.oldest))::float8,
         (select count(*) from parks p join heads h on h.tenant_id = p.tenant_id where p.subscription = n.subscription)::int,
         (select count(*) from rebuilds r where r.view = n.subscription and (target is null or r.tenant_id = target)
             and r.goal <> 'keep' and r.status in ('requested', 'building', 'catching_up', 'verifying', 'ready'))::int
    from unnest(wanted) as n (subscription) left join sums b on b.subscription = n.subscription;
$$;
