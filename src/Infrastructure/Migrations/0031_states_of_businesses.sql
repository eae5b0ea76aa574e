-- What is let through in which state of a business: suspended and closing ones are not dead (docs/lifecycle.md).

-- By the wall clock, so that every process learns of it.
alter table tenants add status_at timestamptz not null default clock_timestamp();
create index tenants_status_at on tenants (status_at) where kind = 'business';

-- As lane(uuid), which an earlier release calls, for work with a purpose: trade < windup < attend < erase.
create function lane(target uuid, purpose text, out head bigint, out now timestamptz) language plpgsql volatile as $$
declare
  tenant tenants;
  last timestamptz;
begin
  perform set_config('app.tenant_id', target::text, true), set_config('lock_timeout', '2s', true), set_config('plan_cache_mode', 'force_generic_plan', true);
  select * into tenant from tenants where tenant_id = target for no key update;
  if not found then
    raise exception 'There is no tenant %.', target using errcode = 'MS404';
  elsif not (case tenant.status
               when 'closing' then purpose in ('windup', 'attend', 'erase')
               when 'suspended' then purpose in ('attend', 'erase')
               when 'closed' then purpose = 'erase'
               else true
             end) then
    raise exception 'The business is %.', tenant.status using errcode = 'MS423', hint = tenant.status;
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

-- Messages that waited for a business need not wait any longer.
create or replace function set_tenant_status(id uuid, wanted text) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  update tenants set status = wanted, status_at = clock_timestamp() where tenant_id = id;
  update messages set visible_at = clock_timestamp()
   where tenant_id = id and wanted in ('active', 'closing') and leased_until is null and visible_at > clock_timestamp() and visible_at < 'infinity'
     and due_at <= coalesce(
           (select c.frozen_at from tenants t join test_clocks c on c.tenant_id = t.tenant_id and c.clock_id = t.test_clock_id where t.tenant_id = id),
           clock_timestamp());
$$;

-- Which businesses are in which state, as far as it changed lately; null: all that are not simply active.
create function states_of_businesses(within interval) returns table (tenant_id uuid, status text)
language sql stable security definer set search_path = public, pg_temp as $$
  select t.tenant_id, t.status from tenants t
   where t.kind = 'business' and case when within is null then t.status <> 'active' else t.status_at > clock_timestamp() - within end;
$$;

do $$
begin
  grant create on schema public to mainstreet_dispatcher;
  alter function states_of_businesses(interval) owner to mainstreet_dispatcher;
  revoke create on schema public from mainstreet_dispatcher;
  revoke all on function states_of_businesses(interval) from public;
  grant execute on function states_of_businesses(interval) to mainstreet_app;
end $$;
