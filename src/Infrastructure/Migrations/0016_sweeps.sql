-- The sweep for unread events is one process's turn at a time, and looks closely only at tenants that are not plainly at their head.

create table turns (
  name     text primary key,
  taken_at timestamptz not null
);
grant select, insert, update on turns to mainstreet_dispatcher;

-- Whether it is the caller's turn: nobody has taken it within that time. It holds nothing, so a process that is gone or halted
-- with it costs the others one period.
create function take_turn(wanted text, period interval) returns boolean
language sql volatile security definer set search_path = public, pg_temp as $$
  with taken as (
    insert into turns as t (name, taken_at) values (wanted, clock_timestamp())
    on conflict (name) do update set taken_at = excluded.taken_at where t.taken_at <= excluded.taken_at - period
    returning 1)
  select exists (select from taken);
$$;

-- Tenants with events that one of these subscriptions has not seen. Nearly all have all positions at their head, which one comparison
-- of the whole array tells.
create or replace function dirty_tenants(names text[]) returns setof uuid
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  places smallint[];
begin
  select array_agg(slot) into places from subscriptions where name = any (names);
  return query
  select t.tenant_id from tenants t
    left join tenant_checkpoints c on c.tenant_id = t.tenant_id
   cross join lateral (select e.position from events e where e.tenant_id = t.tenant_id order by e.position desc limit 1) h
   where (c.positions <@ array[h.position] and cardinality(c.positions) >= (select max(place) from unnest(places) place)) is not true
     and exists (
       select from subscriptions s where s.slot = any (places) and coalesce(c.positions[s.slot], 0) < h.position
          and not exists (select from parks p where p.tenant_id = t.tenant_id and p.subscription = s.name));
end $$;

do $$
begin
  grant create on schema public to mainstreet_dispatcher;
  alter function take_turn(text, interval) owner to mainstreet_dispatcher;
  revoke create on schema public from mainstreet_dispatcher;
  revoke all on function take_turn(text, interval) from public;
  grant execute on function take_turn(text, interval) to mainstreet_app;
end $$;
