-- A tenant with thousands of due messages hides nobody: where many are due, tenants take turns.

-- Finds the next tenant of a queue with its first message in one step, however many messages the one before has.
create index messages_turns on messages (queue, tenant_id, visible_at) where target_tenant is null;

-- Up to which tenant the turns of a busy queue have come; null where they begin anew.
create table queue_turns (
  queue text primary key,
  after uuid
);
grant select, insert, update on queue_turns to mainstreet_dispatcher;

-- Claims due messages of one queue. Nobody's share is more than per_tenant messages at a time: running names the tenant of each
-- message that the caller runs already. Tenants with fewer of them come first; among equals the longest waiting, or in a busy
-- queue whoever's turn it is.
drop function claim_messages(text, int, int, interval);
create function claim_messages(wanted text, most int, per_tenant int, lease interval, running uuid[]) returns setof messages
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
  few constant int := 200;            -- so many due messages are looked at one by one
  steps constant int := 500;          -- so many tenants are looked at in one claim
  present constant timestamptz := clock_timestamp();
  candidates uuid[];
  seen int;
  start uuid;
  last uuid;
begin
  with due as (
    select tenant_id, visible_at from messages
     where queue = wanted and target_tenant is null and visible_at <= present order by visible_at limit few),
  waiting as (
    select tenant_id, count(*) as messages, min(visible_at) as since from due group by tenant_id)
  select array_agg(tenant_id order by since), coalesce(sum(messages), 0) into candidates, seen from waiting;

  if seen < few then
    update queue_turns set after = null where queue = wanted and after is not null;
  else
    insert into queue_turns (queue) values (wanted) on conflict do nothing;
    select coalesce(after, nobody) into start from queue_turns where queue = wanted for update;
    loop
      with recursive tenants as (
        (select tenant_id, visible_at, 1 as step from messages
          where queue = wanted and target_tenant is null and tenant_id > start order by tenant_id, visible_at limit 1)
        union all
        select n.tenant_id, n.visible_at, t.step + 1 from tenants t
         cross join lateral (
           select m.tenant_id, m.visible_at from messages m
            where m.queue = wanted and m.target_tenant is null and m.tenant_id > t.tenant_id order by m.tenant_id, m.visible_at limit 1) n
         where t.step < steps)
      select array_agg(tenant_id order by step) filter (
               where visible_at <= present and (select count(*) from unnest(running) as r (id) where r.id = tenant_id) < per_tenant),
             count(*), (array_agg(tenant_id order by step desc))[1]
        into candidates, seen, last from tenants;
      exit when candidates is not null or seen = steps or start = nobody;
      start := nobody;
    end loop;
    update queue_turns
       set after = case when cardinality(candidates) > most then candidates[most] when seen = steps then last end
     where queue = wanted;
    candidates := candidates[1:most];
  end if;

  return query
  with shares as (
    select c.tenant_id, c.place, (select count(*) from unnest(running) as r (id) where r.id = c.tenant_id) as busy
      from unnest(candidates) with ordinality as c (tenant_id, place)),
  turns as (
    select s.tenant_id, m.message_id, s.place, s.busy + row_number() over (partition by s.tenant_id order by m.visible_at, m.message_id) as turn
      from shares s
     cross join lateral (
       select d.message_id, d.visible_at from messages d
        where d.queue = wanted and d.target_tenant is null and d.tenant_id = s.tenant_id and d.visible_at <= present
        order by d.visible_at limit greatest(per_tenant - s.busy, 0)) m),
  chosen as (
    select t.tenant_id, t.message_id from turns t order by t.turn, t.place limit most),
  locked as (
    select m.tenant_id, m.message_id from messages m join chosen using (tenant_id, message_id)
     where m.visible_at <= present
     for update of m skip locked)
  update messages m set attempt = m.attempt + 1, visible_at = clock_timestamp() + lease, leased_until = clock_timestamp() + lease
    from locked l where m.tenant_id = l.tenant_id and m.message_id = l.message_id
  returning m.*;
end $$;

-- When to look again after a claim, begun at a given time, that found nothing: what was due by then waits for its tenant's other
-- messages, whose end is noticed, unless there are tenants that it did not come to.
drop function next_message_at(text);
create function next_message_at(wanted text, looked_at timestamptz) returns timestamptz
language sql volatile security definer set search_path = public, pg_temp as $$
  select case when exists (select from queue_turns where queue = wanted and after is not null) then clock_timestamp()
              else (select min(visible_at) from messages where queue = wanted and target_tenant is null and visible_at > looked_at) end;
$$;

do $$
declare
  f regprocedure;
begin
  foreach f in array array['claim_messages(text, int, int, interval, uuid[])', 'next_message_at(text, timestamptz)']::regprocedure[]
  loop
    grant create on schema public to mainstreet_dispatcher;
    execute format('alter function %s owner to mainstreet_dispatcher', f);
    revoke create on schema public from mainstreet_dispatcher;
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to mainstreet_app', f);
  end loop;
end $$;
