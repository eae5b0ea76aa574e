-- A moment that is being kept takes a generation's number as well: whoever begins at the same time waits for it, or looks again.
create or replace function start_rebuilds(id uuid, wanted text, target uuid, wanted_switch text, requester uuid) returns bigint
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  begun bigint;
  started bigint := 0;
begin
  if target is not null then
    perform pg_advisory_xact_lock(hashtextextended('keep ' || target, 0));
  end if;
  for round in 1..2 loop
    insert into rebuilds (tenant_id, rebuild_id, view, generation, previous, switch, goal, status, total, requested_by)
    select t.tenant_id, id, wanted,
           1 + greatest(live.generation, (select max(r.generation) from rebuilds r where r.tenant_id = t.tenant_id and r.view = wanted)),
           live.generation, wanted_switch, case wanted_switch when 'auto' then 'switch' else 'compare' end, 'requested', head.position, requester
      from tenants t
     cross join lateral (
       select coalesce((select g.generation from live_generations g where g.tenant_id = t.tenant_id and g.view = wanted), 1) as generation) live
     cross join lateral (select coalesce(max(e.position), 0) as position from events e where e.tenant_id = t.tenant_id) head
     where ((target is null and head.position > 0 and t.status <> 'closed') or t.tenant_id = target)
       and not exists (select from rebuilds own where own.tenant_id = t.tenant_id and own.rebuild_id = id)
        on conflict do nothing;
    get diagnostics begun = row_count;
    started := started + begun;
    exit when target is not null;
  end loop;
  return started;
end $$;
