-- The table of messages is nearly empty most of the time, and was so when statistics were last taken. A claim that is planned by them fetches all that is due, sorts it and
-- joins it row by row, which is right for two messages; with some thousands waiting it took 20 ms. So it leaves no choice: the indexes give every order that is asked for,
-- the first of them with all that is asked of it, and what was chosen is found by its place. A row that moved since is left for the next claim.
drop index messages_due;
create index messages_due on messages (queue, visible_at) include (tenant_id) where target_tenant is null;

create or replace function claim_messages(wanted text, most int, per_tenant int, lease interval, running uuid[]) returns setof messages
language plpgsql volatile security definer set search_path = public, pg_temp set enable_bitmapscan = off set enable_seqscan = off as $$
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
    select m.tid, s.place, s.busy + row_number() over (partition by s.tenant_id order by m.visible_at, m.message_id) as turn
      from shares s
     cross join lateral (
       select d.ctid as tid, d.message_id, d.visible_at from messages d
        where d.queue = wanted and d.target_tenant is null and d.tenant_id between s.tenant_id and s.tenant_id and d.visible_at <= present
        order by d.tenant_id, d.visible_at limit greatest(per_tenant - s.busy, 0)) m),
  chosen as (
    select t.tid from turns t order by t.turn, t.place limit most),
  locked as (
    select m.ctid as tid from messages m
     where m.ctid = any (array(select c.tid from chosen c)) and m.visible_at <= present
     for update of m skip locked)
  update messages m set attempt = m.attempt + 1, visible_at = clock_timestamp() + lease, leased_until = clock_timestamp() + lease
   where m.ctid = any (array(select l.tid from locked l))
  returning m.*;
end $$;
