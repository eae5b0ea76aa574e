-- An insert that meets a conflict has taken a number all the same: every start took one per subscription, and a smallint has 32,767.
select setval(pg_get_serial_sequence('subscriptions', 'slot'), greatest(1, (select max(slot) from subscriptions)), (select count(*) from subscriptions) > 0);

create or replace function register_subscription(wanted text, from_start boolean) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  place smallint;
begin
  if exists (select from subscriptions where name = wanted) then return; end if;
  insert into subscriptions (name) values (wanted) on conflict do nothing returning slot into place;
  if place is null or from_start then return; end if;
  insert into tenant_checkpoints as c (tenant_id, positions[place])
  select t.tenant_id, h.position from tenants t
   cross join lateral (select e.position from events e where e.tenant_id = t.tenant_id order by e.position desc limit 1) h
  on conflict (tenant_id) do update set positions[place] = excluded.positions[place];
end $$;
