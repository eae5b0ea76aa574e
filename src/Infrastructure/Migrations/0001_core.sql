-- The core: tenants, the log, what commits write beside it, messages and checkpoints.
-- Every tenant-owned table has row-level security, forced, on tenant_id = app.tenant_id; unset means no rows.

create schema rm;   -- read models; their tables are made from the projections' declarations

grant usage on schema public, rm to mainstreet_app, mainstreet_dispatcher;

-- A half-sent commit must not hold a lane: the server ends such a connection by itself.
do $$
begin
  execute format('alter role mainstreet_app in database %I set idle_in_transaction_session_timeout = ''10s''', current_database());
  execute format('alter role mainstreet_app in database %I set statement_timeout = ''30s''', current_database());
  execute format('alter role mainstreet_app in database %I set tcp_keepalives_idle = 5', current_database());
  execute format('alter role mainstreet_app in database %I set tcp_keepalives_interval = 2', current_database());
  execute format('alter role mainstreet_app in database %I set tcp_keepalives_count = 3', current_database());
  execute format('alter role mainstreet_app in database %I set tcp_user_timeout = ''10s''', current_database());
  execute format('alter role mainstreet_app in database %I set search_path = public', current_database());
  execute format('alter role mainstreet_app in database %I set default_transaction_isolation = ''read committed''', current_database());
end $$;

create function current_tenant() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.tenant_id', true), '')::uuid;

-- Puts the tenant's policy, and the dispatcher's narrow one, on a table.
create procedure protect(target regclass, dispatcher boolean default false) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy tenant on %s using (tenant_id = (select current_tenant()))', target);
  if dispatcher then
    execute format('create policy dispatcher on %s to mainstreet_dispatcher using (true) with check (true)', target);
  end if;
end $$;

-- ---------------------------------------------------------------- tenants: the row is the lane

create table tenants (
  tenant_id     uuid primary key,
  kind          text not null check (kind in ('platform', 'infrastructure', 'business')),
  mode          text not null check (mode in ('live', 'test')),
  status        text not null check (status in ('provisioning', 'active', 'suspended', 'closing', 'closed')),
  test_clock_id uuid check ((mode = 'test') = (test_clock_id is not null)),
  lane          smallint not null default 0,   -- never updated: the privilege to update it is what lets the runtime lock the row
  created_at    timestamptz not null default clock_timestamp()
);
call protect('tenants', dispatcher => true);
grant select, update (lane) on tenants to mainstreet_app;
grant select, insert, update on tenants to mainstreet_dispatcher;

create table test_clocks (
  tenant_id  uuid not null,
  clock_id   uuid not null,
  frozen_at  timestamptz not null,
  advancing_until timestamptz,                   -- while it is advanced, messages run one by one in order, and workers see none
  created_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, clock_id)
);
call protect('test_clocks', dispatcher => true);
grant select, insert, update on test_clocks to mainstreet_app;
grant select, insert on test_clocks to mainstreet_dispatcher;

-- What ran while a clock was advanced, in order.
create table test_clock_runs (
  tenant_id  uuid not null,
  clock_id   uuid not null,
  ordinal    bigint generated always as identity,
  message_id uuid not null,
  type       text not null,
  due_at     timestamptz not null,
  ran_at     timestamptz not null,
  outcome    text not null check (outcome in ('succeeded', 'retrying', 'dead_lettered')),
  error      text,
  primary key (tenant_id, clock_id, ordinal)
);
call protect('test_clock_runs');
grant select, insert on test_clock_runs to mainstreet_app;

-- ---------------------------------------------------------------- the log

create table events (
  tenant_id   uuid not null,
  stream_id   uuid not null,
  version     int not null check (version > 0),
  position    bigint not null check (position > 0),
  event_id    uuid not null,
  type        text not null,
  data        jsonb not null,
  metadata    jsonb not null,
  subject_id  uuid,                              -- whose personal data is inside, encrypted
  recorded_at timestamptz not null,
  constraint events_version primary key (tenant_id, stream_id, version),
  constraint events_position unique (tenant_id, position)
);
call protect('events', dispatcher => true);
grant select, insert on events to mainstreet_app;
grant select on events to mainstreet_dispatcher;

-- The answer to every command, so that a repeated request, a twin or a lost connection meets what was committed.
create table commands (
  tenant_id   uuid not null,
  command_id  uuid not null,
  fingerprint bytea,
  position    bigint not null,
  result      jsonb,
  error       jsonb,
  created_at  timestamptz not null default clock_timestamp(),
  constraint commands_id primary key (tenant_id, command_id)
);
create index commands_created on commands using brin (created_at);
call protect('commands', dispatcher => true);
grant select, insert on commands to mainstreet_app;
grant select, delete on commands to mainstreet_dispatcher;

create table snapshots (
  tenant_id      uuid not null,
  stream_id      uuid not null,
  schema_version int not null,
  version        int not null,
  state          jsonb not null,
  primary key (tenant_id, stream_id)
) with (fillfactor = 70);
call protect('snapshots');
grant select, insert, update on snapshots to mainstreet_app;

create table subject_keys (
  tenant_id  uuid not null,
  subject_id uuid not null,
  wrapped    text not null,                      -- by the master key
  created_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, subject_id)
);
call protect('subject_keys');
grant select, insert, update, delete on subject_keys to mainstreet_app;

-- Takes the tenant's lane for the rest of the transaction. What commits need to know of the log is left in settings,
-- because the statements after it are on their way already: app.head (last position) and app.now (the tenant's time,
-- which never goes backwards in a log). Locking and reading stand in separate statements: each sees a fresh snapshot.
create function lane(target uuid, out head bigint, out now timestamptz) language plpgsql volatile as $$
declare
  tenant tenants;
  last timestamptz;
begin
  perform set_config('app.tenant_id', target::text, true), set_config('lock_timeout', '2s', true);
  select * into tenant from tenants where tenant_id = target for no key update;
  if not found then
    raise exception 'There is no tenant %.', target using errcode = 'MS404';
  elsif tenant.status not in ('provisioning', 'active') then
    raise exception 'The business is %.', tenant.status using errcode = 'MS423';
  end if;
  if tenant.test_clock_id is null then
    now := clock_timestamp();
  else
    select frozen_at into strict now from test_clocks where tenant_id = target and clock_id = tenant.test_clock_id;
  end if;
  select e.position, e.recorded_at into head, last from events e where e.tenant_id = target order by e.position desc limit 1;
  head := coalesce(head, 0);
  now := greatest(now, last);
  perform set_config('app.head', head::text, true), set_config('app.now', now::text, true);
end $$;

-- ---------------------------------------------------------------- messages

create table messages (
  tenant_id     uuid not null,
  message_id    uuid not null,
  target_tenant uuid,                            -- outbox: the relay moves it to that tenant
  queue         text not null,
  type          text not null,
  body          jsonb not null,
  metadata      jsonb not null,                  -- actor, correlation and causation of the cause
  due_at        timestamptz not null,            -- in the tenant's time
  visible_at    timestamptz not null,            -- by the wall clock; infinity while a test clock has not reached due_at
  attempt       int not null default 0,          -- rises with every claim: the fence
  revision      int not null default 0,          -- rises when the same request comes in again
  failures      int not null default 0,
  dedupe_key    text,
  last_error    text,
  created_at    timestamptz not null default clock_timestamp(),
  primary key (tenant_id, message_id)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 200);
create unique index messages_dedupe on messages (tenant_id, dedupe_key);
create index messages_due on messages (queue, visible_at) where target_tenant is null;
create index messages_outbox on messages (created_at) where target_tenant is not null;
create index messages_tenant_due on messages (tenant_id, due_at, message_id);
call protect('messages', dispatcher => true);
grant select, insert, update, delete on messages to mainstreet_app;
grant select, insert, update, delete on messages to mainstreet_dispatcher;

create table dead_letters (
  tenant_id  uuid not null,
  message_id uuid not null,
  queue      text not null,
  type       text not null,
  body       jsonb not null,
  metadata   jsonb not null,
  due_at     timestamptz not null,
  failures   int not null,
  dedupe_key text,
  error      text not null,
  died_at    timestamptz not null,
  primary key (tenant_id, message_id)
);
call protect('dead_letters');
grant select, insert, delete on dead_letters to mainstreet_app;

create function tenant_now() returns timestamptz language sql volatile as $$
  select coalesce(
    (select c.frozen_at from tenants t join test_clocks c on c.tenant_id = t.tenant_id and c.clock_id = t.test_clock_id
      where t.tenant_id = (select current_tenant())),
    clock_timestamp());
$$;

-- When a worker may see a message: a test tenant's future comes only by its clock.
create function visible_from(due timestamptz) returns timestamptz language sql volatile as $$
  select coalesce(
    (select case when due <= c.frozen_at and coalesce(c.advancing_until, '-infinity') < clock_timestamp()
                 then clock_timestamp() else 'infinity'::timestamptz end
       from tenants t join test_clocks c on c.tenant_id = t.tenant_id and c.clock_id = t.test_clock_id
      where t.tenant_id = (select current_tenant())),
    due);
$$;

-- Claims due messages of one queue, at most per_tenant of each tenant, the longest waiting first.
create function claim_messages(wanted text, most int, per_tenant int, lease interval) returns setof messages
language sql volatile security definer set search_path = public as $$
  with due as (
    select tenant_id, message_id, visible_at from messages
     where queue = wanted and target_tenant is null and visible_at <= clock_timestamp()
     order by visible_at limit 1000),
  turns as (
    select *, row_number() over (partition by tenant_id order by visible_at, message_id) as turn from due),
  chosen as (
    select tenant_id, message_id from turns where turn <= per_tenant order by turn, visible_at limit most),
  locked as (
    select m.tenant_id, m.message_id from messages m join chosen using (tenant_id, message_id)
     where m.visible_at <= clock_timestamp()
     for update of m skip locked)
  update messages m set attempt = m.attempt + 1, visible_at = clock_timestamp() + lease
    from locked l where m.tenant_id = l.tenant_id and m.message_id = l.message_id
  returning m.*;
$$;

-- When the next message of a queue can be claimed.
create function next_message_at(wanted text) returns timestamptz
language sql volatile security definer set search_path = public as $$
  select min(visible_at) from messages where queue = wanted and target_tenant is null;
$$;

-- Removes a message that has run, in the transaction of its effects. A stale attempt must not commit them.
create function complete_message(id uuid, seen_attempt int, seen_revision int) returns void language plpgsql volatile as $$
begin
  delete from messages
   where tenant_id = (select current_tenant()) and message_id = id and attempt = seen_attempt and revision = seen_revision;
  if found then return; end if;
  -- the same request came in again while it ran: once more
  update messages set failures = 0, last_error = null, visible_at = visible_from(due_at)
   where tenant_id = (select current_tenant()) and message_id = id and attempt = seen_attempt;
  if not found then
    raise exception 'Message % was taken over by another attempt.', id using errcode = 'MS409';
  end if;
end $$;

-- Moves messages for other tenants from their senders' outboxes; the source id is the key, so it happens once.
create function relay_messages(most int) returns table (tenant_id uuid, queue text)
language sql volatile security definer set search_path = public as $$
  with taken as (
    select m.tenant_id, m.message_id from messages m where m.target_tenant is not null
     order by m.created_at limit most for update skip locked),
  moved as (
    delete from messages m using taken t where m.tenant_id = t.tenant_id and m.message_id = t.message_id returning m.*)
  insert into messages (tenant_id, message_id, queue, type, body, metadata, due_at, visible_at)
  select o.target_tenant, o.message_id, o.queue, o.type, o.body, o.metadata, clock_timestamp(), clock_timestamp() from moved o
  on conflict do nothing
  returning messages.tenant_id, messages.queue;
$$;

-- Removes answers that no client can ask for any more (24 hours, requirements 9.5), a bounded number at a time.
create function prune_commands(older_than timestamptz, most int) returns bigint
language sql volatile security definer set search_path = public as $$
  with old as (select ctid from commands where created_at < older_than limit most),
  gone as (delete from commands where ctid in (select ctid from old) returning 1)
  select count(*) from gone;
$$;

-- ---------------------------------------------------------------- subscriptions

create table checkpoints (
  tenant_id    uuid not null,
  subscription text not null,
  position     bigint not null,
  parked_at    timestamptz,
  parked_error text,
  updated_at   timestamptz not null default clock_timestamp(),
  primary key (tenant_id, subscription)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 200);
call protect('checkpoints', dispatcher => true);
grant select, insert, update, delete on checkpoints to mainstreet_app;
grant select, insert on checkpoints to mainstreet_dispatcher;

-- The fence of every subscription: moves checkpoints from what the runner read, or raises.
create function advance_checkpoints(names text[], old_positions bigint[], new_positions bigint[]) returns void
language plpgsql volatile as $$
declare
  moved int;
begin
  with wanted as (select * from unnest(names, old_positions, new_positions) as w (subscription, old, new)),
  changed as (
    insert into checkpoints as c (tenant_id, subscription, position)
    select (select current_tenant()), w.subscription, w.new from wanted w
    on conflict (tenant_id, subscription) do update set position = excluded.position, updated_at = clock_timestamp()
      where c.position = (select w.old from wanted w where w.subscription = c.subscription) and c.parked_at is null
    returning 1)
  select count(*) into moved from changed;
  if moved <> cardinality(names) then
    raise exception 'A checkpoint was moved by another process.' using errcode = 'MS409';
  end if;
end $$;

-- Which subscriptions have been here before: a new policy or outlet starts at the head of existing logs, not at their begin.
create table subscriptions (
  name          text primary key,
  registered_at timestamptz not null default clock_timestamp()
);
grant select on subscriptions to mainstreet_app;
grant select, insert on subscriptions to mainstreet_dispatcher;

create function register_subscription(wanted text, from_start boolean) returns void
language plpgsql volatile security definer set search_path = public as $$
begin
  insert into subscriptions (name) values (wanted) on conflict do nothing;
  if not found or from_start then return; end if;
  insert into checkpoints (tenant_id, subscription, position)
  select t.tenant_id, wanted, h.position from tenants t
   cross join lateral (select e.position from events e where e.tenant_id = t.tenant_id order by e.position desc limit 1) h
  on conflict do nothing;
end $$;

-- Tenants with events that one of these subscriptions has not seen.
create function dirty_tenants(names text[]) returns setof uuid
language sql volatile security definer set search_path = public as $$
  select t.tenant_id from tenants t
   cross join lateral (select e.position from events e where e.tenant_id = t.tenant_id order by e.position desc limit 1) h
  where exists (
    select from unnest(names) as n (subscription)
      left join checkpoints c on c.tenant_id = t.tenant_id and c.subscription = n.subscription
     where coalesce(c.position, 0) < h.position and c.parked_at is null);
$$;

-- Which rows of a read model a tenant's readers see.
create table live_generations (
  tenant_id  uuid not null,
  view       text not null,
  generation int not null,
  primary key (tenant_id, view)
);
call protect('live_generations');
grant select, insert, update on live_generations to mainstreet_app;

create function live_generation(wanted text) returns int language sql stable parallel safe as $$
  select coalesce((select g.generation from live_generations g where g.tenant_id = (select current_tenant()) and g.view = wanted), 1);
$$;

-- The shape each read model's table was made with: a changed declaration without a raised version is refused.
create table view_shapes (
  table_name text primary key,
  shape      text not null,
  created_at timestamptz not null default clock_timestamp()
);
grant select on view_shapes to mainstreet_app;

-- ---------------------------------------------------------------- tenants come and change by events of the platform's log

create function register_tenant(id uuid, kind text, mode text, status text, clock uuid, frozen_at timestamptz) returns void
language plpgsql volatile security definer set search_path = public as $$
begin
  insert into tenants (tenant_id, kind, mode, status, test_clock_id) values (id, kind, mode, status, clock);
  if clock is not null then
    insert into test_clocks (tenant_id, clock_id, frozen_at) values (id, clock, frozen_at);
  end if;
end $$;

create function set_tenant_status(id uuid, wanted text) returns void
language sql volatile security definer set search_path = public as $$
  update tenants set status = wanted where tenant_id = id;
$$;

-- Definer functions belong to the dispatcher and not to the owner: it has just the policies above.
do $$
declare
  f regprocedure;
begin
  foreach f in array array[
    'claim_messages(text, int, int, interval)', 'next_message_at(text)', 'relay_messages(int)', 'prune_commands(timestamptz, int)',
    'register_subscription(text, boolean)', 'dirty_tenants(text[])',
    'register_tenant(uuid, text, text, text, uuid, timestamptz)', 'set_tenant_status(uuid, text)']::regprocedure[]
  loop
    execute format('grant create on schema public to mainstreet_dispatcher');
    execute format('alter function %s owner to mainstreet_dispatcher', f);
    execute format('revoke create on schema public from mainstreet_dispatcher');
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to mainstreet_app', f);
  end loop;
end $$;

-- The platform itself, and the pool that its shared drivers belong to.
do $$
begin
  perform set_config('app.tenant_id', '00000000-0000-7000-8000-000000000001', true);
  insert into tenants (tenant_id, kind, mode, status) values ('00000000-0000-7000-8000-000000000001', 'platform', 'live', 'active');
  perform set_config('app.tenant_id', '00000000-0000-7000-8000-000000000002', true);
  insert into tenants (tenant_id, kind, mode, status) values ('00000000-0000-7000-8000-000000000002', 'infrastructure', 'live', 'active');
end $$;
