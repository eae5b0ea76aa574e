-- What operators watch, counted over all tenants. Nothing of a tenant but its id and its size goes out.

-- Per queue: messages that could run now and how long the first has waited, at most 10,000 of them; and dead letters.
create function queue_states(wanted text[])
returns table (queue text, due bigint, oldest_seconds float8, dead bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select q.queue, d.due, coalesce(extract(epoch from clock_timestamp() - d.oldest), 0)::float8,
         (select count(*) from dead_letters l where l.queue = q.queue and l.status = 'dead')
    from unnest(wanted) as q (queue)
   cross join lateral (
     select count(*) as due, min(m.visible_at) as oldest from (
       select visible_at from messages
        where queue = q.queue and target_tenant is null and visible_at <= clock_timestamp() order by visible_at limit 10000) m) d;
$$;

-- The tenants with the longest logs, and all others together as null.
create function tenant_sizes(most int) returns table (tenant_id uuid, events bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  with heads as (
    select t.tenant_id, h.position, row_number() over (order by h.position desc, t.tenant_id) as place from tenants t
     cross join lateral (select e.position from events e where e.tenant_id = t.tenant_id order by e.position desc limit 1) h)
  select case when place <= most then tenant_id end, sum(position)::bigint from heads group by 1;
$$;

do $$
declare
  f regprocedure;
begin
  foreach f in array array['queue_states(text[])', 'tenant_sizes(int)']::regprocedure[]
  loop
    grant create on schema public to mainstreet_dispatcher;
    execute format('alter function %s owner to mainstreet_dispatcher', f);
    revoke create on schema public from mainstreet_dispatcher;
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to mainstreet_app', f);
  end loop;
end $$;
