-- Queues as operators see them, and closed dead letters go in time.

-- By the wall clock: a test business's time may stand still, or run ahead. Letters closed before have only the other.
alter table dead_letters add column settled_at timestamptz;
create index dead_letters_settled on dead_letters (coalesce(settled_at, closed_at)) where status <> 'dead';
grant delete on dead_letters to mainstreet_dispatcher;

-- Removes letters that were dealt with long ago, a bounded number at a time.
create function prune_dead_letters(older_than timestamptz, most int) returns bigint
language sql volatile security definer set search_path = public, pg_temp as $$
  with old as (
    select tenant_id, message_id from dead_letters where status <> 'dead' and coalesce(settled_at, closed_at) < older_than limit most),
  gone as (
    delete from dead_letters d using old o
     where d.tenant_id = o.tenant_id and d.message_id = o.message_id and d.status <> 'dead' and coalesce(d.settled_at, d.closed_at) < older_than returning 1)
  select count(*) from gone;
$$;

-- Per queue, over all tenants: what waits for its time or its turn, what of it could run now and since when, what runs, what was given up.
create function queues_of(wanted text[])
returns table (queue text, waiting bigint, due bigint, running bigint, oldest_seconds float8, dead bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  with states as (
    select m.queue, coalesce(m.leased_until > clock_timestamp(), false) as runs, m.visible_at <= clock_timestamp() as is_due, m.visible_at
      from messages m where m.target_tenant is null),
  sums as (
    select s.queue, count(*) filter (where not s.runs) as waiting, count(*) filter (where not s.runs and s.is_due) as due,
           count(*) filter (where s.runs) as running, min(s.visible_at) filter (where not s.runs and s.is_due) as oldest
      from states s group by s.queue),
  given_up as (
    select l.queue, count(*) as dead from dead_letters l where l.status = 'dead' group by l.queue)
  select q.queue, coalesce(s.waiting, 0), coalesce(s.due, 0), coalesce(s.running, 0),
         coalesce(extract(epoch from clock_timestamp() - s.oldest), 0)::float8, coalesce(g.dead, 0)
    from unnest(wanted) with ordinality as q (queue, place)
    left join sums s on s.queue = q.queue left join given_up g on g.queue = q.queue
   order by q.place;
$$;

do $$
declare
  f regprocedure;
begin
  foreach f in array array['prune_dead_letters(timestamptz, int)', 'queues_of(text[])']::regprocedure[]
  loop
    grant create on schema public to mainstreet_dispatcher;
    execute format('alter function %s owner to mainstreet_dispatcher', f);
    revoke create on schema public from mainstreet_dispatcher;
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to mainstreet_app', f);
  end loop;
end $$;
