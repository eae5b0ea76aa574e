-- Rebuilds that somebody waits for, to read the past or to be forgotten, do not queue behind those of whole releases.

create index rebuilds_urgent on rebuilds (requested_at)
  where status in ('requested', 'building', 'catching_up', 'verifying') and (goal = 'keep' or erasure_id is not null);

-- Claims work on rebuilds, the oldest first: so many at most, and what is urgent besides.
create or replace function claim_rebuilds(most int, lease interval) returns setof rebuilds
language sql volatile security definer set search_path = public, pg_temp as $$
  with urgent as (
    select tenant_id, rebuild_id from rebuilds
     where status in ('requested', 'building', 'catching_up', 'verifying') and leased_until < clock_timestamp()
       and (goal = 'keep' or erasure_id is not null)
     order by requested_at limit 50 for update skip locked),
  others as (
    select tenant_id, rebuild_id from rebuilds
     where status in ('requested', 'building', 'catching_up', 'verifying') and leased_until < clock_timestamp()
       and goal <> 'keep' and erasure_id is null
     order by requested_at limit most for update skip locked),
  chosen as (
    select * from urgent union all select * from others)
  update rebuilds r set attempt = r.attempt + 1, leased_until = clock_timestamp() + lease, started_at = coalesce(r.started_at, clock_timestamp())
    from chosen c where r.tenant_id = c.tenant_id and r.rebuild_id = c.rebuild_id
  returning r.*;
$$;
