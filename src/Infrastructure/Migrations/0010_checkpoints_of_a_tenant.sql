-- All checkpoints of a tenant stand in one row: its subscriptions move together, and one row is written where it was one each.
-- Readers see them one by one as before, in the view that takes the table's name.

alter table subscriptions add column slot smallint generated always as identity unique;   -- its place in every tenant's positions

create table tenant_checkpoints (
  tenant_id  uuid primary key,
  positions  bigint[] not null default '{}',     -- by slot; a subscription without one has seen nothing
  updated_at timestamptz not null default clock_timestamp()
) with (fillfactor = 40, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 200);
call protect('tenant_checkpoints', dispatcher => true);
grant select, insert, update on tenant_checkpoints to mainstreet_app;
grant select, insert, update on tenant_checkpoints to mainstreet_dispatcher;

-- Subscriptions that stand before an event which they cannot take.
create table parks (
  tenant_id    uuid not null,
  subscription text not null,
  parked_at    timestamptz not null default clock_timestamp(),
  parked_error text not null,
  primary key (tenant_id, subscription)
);
create index parks_subscription on parks (subscription, parked_at);
call protect('parks', dispatcher => true);
grant select, insert, delete on parks to mainstreet_app;
grant select on parks to mainstreet_dispatcher;

-- The owner is bound by forced row-level security as everybody is, so it is let off while it copies every tenant's rows.
alter table checkpoints no force row level security;
alter table tenant_checkpoints no force row level security;
alter table parks no force row level security;

insert into subscriptions (name) select distinct subscription from checkpoints on conflict do nothing;
insert into parks select tenant_id, subscription, parked_at, coalesce(parked_error, '') from checkpoints where parked_at is not null;
insert into tenant_checkpoints (tenant_id, positions)
select t.tenant_id, (select array_agg(c.position order by s.slot) from subscriptions s left join checkpoints c on c.tenant_id = t.tenant_id and c.subscription = s.name)
  from (select distinct tenant_id from checkpoints) t;

drop table checkpoints;
alter table tenant_checkpoints force row level security;
alter table parks force row level security;

create view checkpoints with (security_invoker = true) as
  select c.tenant_id, s.name as subscription, c.positions[s.slot] as position, p.parked_at, p.parked_error
    from tenant_checkpoints c cross join subscriptions s
    left join parks p on p.tenant_id = c.tenant_id and p.subscription = s.name
   where c.positions[s.slot] is not null;
grant select on checkpoints to mainstreet_app, mainstreet_dispatcher;

-- The fence of every subscription: moves checkpoints from what the runner read, or raises.
create or replace function advance_checkpoints(names text[], old_positions bigint[], new_positions bigint[]) returns void
language plpgsql volatile as $$
declare
  present bigint[];
  wanted record;
begin
  select positions into present from tenant_checkpoints where tenant_id = (select current_tenant()) for update;
  if not found then
    insert into tenant_checkpoints (tenant_id) values (current_tenant()) on conflict do nothing;
    select positions into present from tenant_checkpoints where tenant_id = (select current_tenant()) for update;
  end if;
  for wanted in
    select s.slot, w.old, w.new from unnest(names, old_positions, new_positions) as w (name, old, new) join subscriptions s on s.name = w.name
  loop
    if coalesce(present[wanted.slot], 0) <> wanted.old then
      raise exception 'A checkpoint was moved by another process.' using errcode = 'MS409';
    end if;
    present[wanted.slot] := wanted.new;
  end loop;
  if exists (select from parks where tenant_id = (select current_tenant()) and subscription = any (names)) then
    raise exception 'A subscription was parked by another process.' using errcode = 'MS409';
  end if;
  update tenant_checkpoints set positions = present, updated_at = clock_timestamp() where tenant_id = (select current_tenant());
end $$;

-- Holds the tenant's checkpoints for the rest of the transaction, and answers where one subscription stands.
create function hold_checkpoint(wanted text) returns bigint language plpgsql volatile as $$
declare
  present bigint[];
begin
  insert into tenant_checkpoints (tenant_id) values (current_tenant()) on conflict do nothing;
  select positions into present from tenant_checkpoints where tenant_id = (select current_tenant()) for update;
  return coalesce(present[(select slot from subscriptions where name = wanted)], 0);
end $$;

-- Puts one subscription where it is told, and on its way.
create function place_checkpoint(wanted text, at bigint) returns void language plpgsql volatile as $$
begin
  perform hold_checkpoint(wanted);
  delete from parks where tenant_id = (select current_tenant()) and subscription = wanted;
  update tenant_checkpoints set positions[(select slot from subscriptions where name = wanted)] = at, updated_at = clock_timestamp()
   where tenant_id = (select current_tenant());
end $$;

-- Parks a subscription, if it still stands where it met the event.
create function park_subscription(wanted text, seen_position bigint, error text) returns void language plpgsql volatile as $$
begin
  if hold_checkpoint(wanted) = seen_position then
    update tenant_checkpoints set positions[(select slot from subscriptions where name = wanted)] = seen_position where tenant_id = (select current_tenant());
    insert into parks (tenant_id, subscription, parked_error) values (current_tenant(), wanted, error)
    on conflict (tenant_id, subscription) do nothing;
  end if;
end $$;

create or replace function register_subscription(wanted text, from_start boolean) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  place smallint;
begin
  insert into subscriptions (name) values (wanted) on conflict do nothing returning slot into place;
  if place is null or from_start then return; end if;
  insert into tenant_checkpoints as c (tenant_id, positions[place])
  select t.tenant_id, h.position from tenants t
   cross join lateral (select e.position from events e where e.tenant_id = t.tenant_id order by e.position desc limit 1) h
  on conflict (tenant_id) do update set positions[place] = excluded.positions[place];
end $$;

-- Tenants with events that one of these subscriptions has not seen.
create or replace function dirty_tenants(names text[]) returns setof uuid
language sql volatile security definer set search_path = public, pg_temp as $$
  select t.tenant_id from tenants t
   cross join lateral (select e.position from events e where e.tenant_id = t.tenant_id order by e.position desc limit 1) h
    left join tenant_checkpoints c on c.tenant_id = t.tenant_id
   where exists (
     select from subscriptions s where s.name = any (names) and coalesce(c.positions[s.slot], 0) < h.position
        and not exists (select from parks p where p.tenant_id = t.tenant_id and p.subscription = s.name));
$$;
