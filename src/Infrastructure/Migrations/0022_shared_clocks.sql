-- Several test businesses may live by one clock: each has a row of its own with the same clock_id, and all are moved together.

create index test_clocks_shared on test_clocks (clock_id);
create index test_clock_runs_newest on test_clock_runs (tenant_id, clock_id, ordinal desc);
grant update on test_clocks to mainstreet_dispatcher;

-- Begins to advance a clock of the present tenant, for all tenants that live by it. No rows: it is being advanced already.
create function begin_advance(clock uuid, lease interval) returns table (tenant_id uuid, frozen_at timestamptz)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform from test_clocks c where c.clock_id = clock order by c.tenant_id for update;
  return query
  update test_clocks c set advancing_until = clock_timestamp() + lease
   where c.clock_id = clock
     and exists (select from test_clocks own where own.clock_id = clock and own.tenant_id = current_tenant())
     and not exists (select from test_clocks busy where busy.clock_id = clock and busy.advancing_until > clock_timestamp())
  returning c.tenant_id, c.frozen_at;
end $$;

-- A tenant that joins a clock begins with its time, and not while it moves.
create or replace function register_tenant(id uuid, kind text, mode text, status text, clock uuid, frozen_at timestamptz) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into tenants (tenant_id, kind, mode, status, test_clock_id) values (id, kind, mode, status, clock);
  if clock is not null then
    perform from test_clocks c where c.clock_id = clock order by c.tenant_id for share;
    if exists (select from test_clocks c where c.clock_id = clock and c.advancing_until > clock_timestamp()) then
      raise exception 'The clock is being advanced.' using errcode = 'MS410';
    end if;
    insert into test_clocks (tenant_id, clock_id, frozen_at)
    values (id, clock, coalesce((select max(c.frozen_at) from test_clocks c where c.clock_id = clock), register_tenant.frozen_at));
  end if;
end $$;

do $$
begin
  grant create on schema public to mainstreet_dispatcher;
  alter function begin_advance(uuid, interval) owner to mainstreet_dispatcher;
  revoke create on schema public from mainstreet_dispatcher;
  revoke all on function begin_advance(uuid, interval) from public;
  grant execute on function begin_advance(uuid, interval) to mainstreet_app;
end $$;
