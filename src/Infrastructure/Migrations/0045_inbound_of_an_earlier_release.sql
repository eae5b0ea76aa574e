-- A release of before 0042 that still runs beside this one has recorded what it keeps, and says nothing of it.
alter table inbound_payloads alter column is_recorded set default true;
alter table inbound_payloads no force row level security;
update inbound_payloads set is_recorded = true where connection_id is null and not is_recorded;
alter table inbound_payloads force row level security;

-- What came just before a business closed is never recorded, and is not kept for longer than the rest.
create or replace function prune_inbound_payloads(older_than timestamptz, most int) returns bigint
language sql volatile security definer set search_path = public, pg_temp as $$
  with old as (
    select p.ctid from inbound_payloads p join tenants t using (tenant_id)
     where p.received_at < older_than and (p.is_recorded or t.status = 'closed') limit most),
  gone as (delete from inbound_payloads where ctid in (select ctid from old) returning 1)
  select count(*) from gone;
$$;
call give_to_dispatcher('prune_inbound_payloads(timestamptz, int)');
