-- What a provider told is answered when it is kept, and gets into the log a moment later, together with whatever else was told meanwhile: what of
-- it is recorded is beside what it said.
alter table inbound_payloads
  add column connection_id uuid,
  add column provider      text,
  add column type          text,
  add column event_id      text,
  add column occurred_at   timestamptz,
  add column told_at       timestamptz,                        -- by the tenant's clock
  add column is_recorded   boolean not null default true;      -- an earlier release recorded first
alter table inbound_payloads alter column is_recorded set default false;
create index inbound_payloads_waiting on inbound_payloads (tenant_id, received_at) where not is_recorded;
grant update (is_recorded) on inbound_payloads to mainstreet_app;

-- Whose log wants something recorded, the longest waiting first. A closed business's log takes nothing.
create function tenants_with_inbound(most int) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select p.tenant_id from inbound_payloads p join tenants t using (tenant_id)
   where not p.is_recorded and t.status <> 'closed' group by p.tenant_id order by min(p.received_at) limit most;
$$;
call give_to_dispatcher('tenants_with_inbound(int)');

create or replace function prune_inbound_payloads(older_than timestamptz, most int) returns bigint
language sql volatile security definer set search_path = public, pg_temp as $$
  with old as (select ctid from inbound_payloads where received_at < older_than and is_recorded limit most),
  gone as (delete from inbound_payloads where ctid in (select ctid from old) returning 1)
  select count(*) from gone;
$$;
call give_to_dispatcher('prune_inbound_payloads(timestamptz, int)');
