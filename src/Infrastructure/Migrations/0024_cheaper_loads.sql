-- What every load, commit and read asks for, cheaper. A function in SQL with a subselect is not inlined and so planned again by every
-- statement that calls it, which costs more than the statement itself; one in PL/pgSQL keeps its plan for the session.

create or replace function live_generation(wanted text) returns int language plpgsql stable parallel safe as $$
begin
  return coalesce(
    nullif(current_setting('app.generation.' || wanted, true), '')::int,
    (select g.generation from live_generations g where g.tenant_id = current_tenant() and g.view = wanted),
    1);
end $$;

create or replace function tenant_now() returns timestamptz language plpgsql volatile as $$
begin
  return coalesce(
    (select c.frozen_at from tenants t join test_clocks c on c.tenant_id = t.tenant_id and c.clock_id = t.test_clock_id
      where t.tenant_id = current_tenant()),
    clock_timestamp());
end $$;

create or replace function visible_from(due timestamptz) returns timestamptz language plpgsql volatile as $$
begin
  return coalesce(
    (select case when due <= c.frozen_at and coalesce(c.advancing_until, '-infinity') < clock_timestamp()
                 then clock_timestamp() else 'infinity'::timestamptz end
       from tenants t join test_clocks c on c.tenant_id = t.tenant_id and c.clock_id = t.test_clock_id
      where t.tenant_id = current_tenant()),
    due);
end $$;

-- Where the last event that a snapshot holds stands in the log, so that nobody has to look for it. An earlier release moves the version
-- alone: a position counts only for the version that it was written with.
alter table snapshots add position bigint, add position_version int;

-- As before, and what is prepared on the connection is not planned again for every commit: an array of one element looks so cheap to
-- the planner that it would make a plan for each, at more than the statement's cost.
create or replace function lane(target uuid, out head bigint, out now timestamptz) language plpgsql volatile as $$
declare
  tenant tenants;
  last timestamptz;
begin
  perform set_config('app.tenant_id', target::text, true), set_config('lock_timeout', '2s', true), set_config('plan_cache_mode', 'force_generic_plan', true);
  select * into tenant from tenants where tenant_id = target for no key update;
  if not found then
    raise exception 'There is no tenant %.', target using errcode = 'MS404';
  elsif tenant.status not in ('provisioning', 'active') then
    raise exception 'The business is %.', tenant.status using errcode = 'MS423';
  end if;
  if tenant.test_clock_id is null then
    now := clock_timestamp();
  else
    select frozen_at into strict now from test_clocks where tenant_id = target and clock_id = tenant.test_clock_id;
  end if;
  select e.position, e.recorded_at into head, last from events e where e.tenant_id = target order by e.position desc limit 1;
  head := coalesce(head, 0);
  now := greatest(now, last);
  perform set_config('app.head', head::text, true), set_config('app.now', now::text, true);
end $$;
