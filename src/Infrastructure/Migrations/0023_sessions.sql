-- Sign-ins and the attempts at them. Rows and not events: they change with every refresh, and are forgotten when they are over.

create table sessions (
  tenant_id        uuid not null,                -- where the account is
  session_id       uuid not null,
  account_id       uuid not null,
  business_id      uuid not null,                -- where its access tokens count
  device           text not null,
  network          text not null,                -- the address it was opened from, cut off
  generation       int not null default 0,       -- of its refresh token: the only one that is good
  rotated_at       timestamptz not null default clock_timestamp(),
  idle_until       timestamptz not null,
  expires_at       timestamptz not null,
  stepped_up_until timestamptz,
  created_at       timestamptz not null default clock_timestamp(),
  ended_at         timestamptz,
  ended_by         text check (ended_by in ('logout', 'revoked', 'refresh_reuse', 'password_changed', 'deactivated')),
  primary key (tenant_id, session_id)
);
create index sessions_account on sessions (tenant_id, account_id);
create index sessions_ended on sessions (ended_at) where ended_at is not null;
create index sessions_over on sessions (least(idle_until, expires_at));
call protect('sessions', dispatcher => true);
grant select, insert, update on sessions to mainstreet_app;
grant select, delete on sessions to mainstreet_dispatcher;

-- Takes a refresh token of generation `shown`: the present one gives the next, exactly once; the one before it gives the same again
-- for a short while, because the answer may have been lost; any older one has been stolen or copied, and ends the session.
create function refresh_session(
  id uuid, shown int, grace interval, idle interval,
  out outcome text, out account_id uuid, out business_id uuid, out generation int, out rotated_at timestamptz)
language plpgsql volatile as $$
declare
  s sessions;
begin
  select * into s from sessions t where t.tenant_id = (select current_tenant()) and t.session_id = id for update;
  outcome := case
    when s.session_id is null or s.ended_at is not null or least(s.idle_until, s.expires_at) <= clock_timestamp() or shown > s.generation then 'over'
    when shown = s.generation then 'rotated'
    when shown = s.generation - 1 and s.rotated_at > clock_timestamp() - grace then 'repeated'
    else 'reused' end;
  if outcome = 'rotated' then
    update sessions t set generation = t.generation + 1, rotated_at = clock_timestamp(), idle_until = clock_timestamp() + idle
     where t.tenant_id = s.tenant_id and t.session_id = id returning * into s;
  elsif outcome = 'reused' then
    update sessions t set ended_at = clock_timestamp(), ended_by = 'refresh_reuse' where t.tenant_id = s.tenant_id and t.session_id = id;
  end if;
  account_id := s.account_id;
  business_id := s.business_id;
  generation := s.generation;
  rotated_at := s.rotated_at;
end $$;

-- Sessions that have ended of late: their access tokens are refused while they would still be good.
create function ended_sessions(within interval) returns setof uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select session_id from sessions where ended_at > clock_timestamp() - within;
$$;

-- Secrets that were tried, by what is limited: an account from one network, a network, an account. The key is a keyed hash.
create table attempts (
  tenant_id uuid not null,
  key       bytea not null,
  count     int not null,
  last_at   timestamptz not null,
  primary key (tenant_id, key)
) with (fillfactor = 70);
create index attempts_last on attempts (last_at);
call protect('attempts', dispatcher => true);
grant select, insert, update, delete on attempts to mainstreet_app;
grant select, delete on attempts to mainstreet_dispatcher;

-- Counts one attempt against all limits, or says for how long none is free. It is counted before the secret is looked at, so of any
-- number at once, in any number of processes, no more than the limit are looked at. A count is forgotten `window` after the last
-- attempt; where it has reached its limit, the next attempt is `pause` after the last one.
create function reserve_attempt(keys bytea[], limits int[], windows interval[], pauses interval[]) returns interval
language plpgsql volatile as $$
declare
  moment timestamptz;
  wait interval;
begin
  insert into attempts (tenant_id, key, count, last_at)
  select (select current_tenant()), k, 0, '-infinity' from unnest(keys) k order by k on conflict do nothing;
  perform from attempts a where a.tenant_id = (select current_tenant()) and a.key = any (keys) order by a.key for update;
  moment := clock_timestamp();
  select max(a.last_at + w.pause - moment) into wait
    from attempts a join unnest(keys, limits, windows, pauses) as w (key, most, forgotten, pause) on a.key = w.key
   where a.tenant_id = (select current_tenant()) and a.count >= w.most
     and a.last_at > moment - w.forgotten and a.last_at > moment - w.pause;
  if wait is null then
    update attempts a set last_at = moment, count = case when a.last_at > moment - w.forgotten then a.count + 1 else 1 end
      from unnest(keys, windows) as w (key, forgotten)
     where a.tenant_id = (select current_tenant()) and a.key = w.key;
  end if;
  return wait;
end $$;

-- The secret was right: this attempt is taken back, and everything that was counted against `cleared`.
create function forgive_attempt(keys bytea[], cleared bytea) returns int
language plpgsql volatile as $$
declare
  forgiven int;
begin
  perform from attempts a where a.tenant_id = (select current_tenant()) and a.key = any (keys) order by a.key for update;
  update attempts a set count = case when a.key = cleared then 0 else greatest(a.count - 1, 0) end
   where a.tenant_id = (select current_tenant()) and a.key = any (keys);
  get diagnostics forgiven = row_count;
  return forgiven;
end $$;

-- Removes what is over, a bounded number at a time.
create function prune_sessions(older_than timestamptz, most int) returns bigint
language sql volatile security definer set search_path = public, pg_temp as $$
  with over as (
    select ctid from sessions where ended_at < older_than
    union
    select ctid from sessions where least(idle_until, expires_at) < older_than
     limit most),
  gone as (delete from sessions where ctid in (select ctid from over) returning 1)
  select count(*) from gone;
$$;

create function prune_attempts(older_than timestamptz, most int) returns bigint
language sql volatile security definer set search_path = public, pg_temp as $$
  with old as (select ctid from attempts where last_at < older_than limit most),
  gone as (delete from attempts where ctid in (select ctid from old) returning 1)
  select count(*) from gone;
$$;

do $$
declare
  f regprocedure;
begin
  foreach f in array array['ended_sessions(interval)', 'prune_sessions(timestamptz, int)', 'prune_attempts(timestamptz, int)']::regprocedure[]
  loop
    grant create on schema public to mainstreet_dispatcher;
    execute format('alter function %s owner to mainstreet_dispatcher', f);
    revoke create on schema public from mainstreet_dispatcher;
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to mainstreet_app', f);
  end loop;
end $$;
