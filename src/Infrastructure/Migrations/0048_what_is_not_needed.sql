-- Which message's run a step was taken in: while the message can run again, under the same id, the step has to be known. Null: none, or one of
-- an earlier release.
alter table commands add column message_tenant uuid, add column message_id uuid;

-- Removes answers that no client can ask for any more (24 hours, requirements 9.5), a bounded number at a time; those of a message's steps when
-- the message is gone.
create or replace function prune_commands(older_than timestamptz, most int) returns bigint
language sql volatile security definer set search_path = public, pg_temp as $$
  with old as (
    select c.ctid from commands c
     where c.created_at < older_than
       and (c.message_id is null or not (
         exists (select from messages m where m.tenant_id = c.message_tenant and m.message_id = c.message_id)
         or exists (select from dead_letters d where d.tenant_id = c.message_tenant and d.message_id = c.message_id and d.status = 'dead')))
     limit most),
  gone as (delete from commands where ctid in (select ctid from old) returning 1)
  select count(*) from gone;
$$;

-- What moments of the past left behind, once their rows are dropped. Rebuilds that somebody asked for, and erasures' certificates, stay.
grant delete on rebuilds to mainstreet_dispatcher;
create function prune_rebuilds(older_than timestamptz, most int) returns bigint
language sql volatile security definer set search_path = public, pg_temp as $$
  with old as (select ctid from rebuilds where goal = 'keep' and dropped_at < older_than limit most),
  gone as (delete from rebuilds where ctid in (select ctid from old) returning 1)
  select count(*) from gone;
$$;

-- What ran while a clock was advanced. Its times are the clock's, so the wall clock's stands beside them.
alter table test_clock_runs add column recorded_at timestamptz not null default clock_timestamp();
create index test_clock_runs_recorded on test_clock_runs using brin (recorded_at);
create policy dispatcher on test_clock_runs to mainstreet_dispatcher using (true) with check (true);
grant select, delete on test_clock_runs to mainstreet_dispatcher;
create function prune_test_clock_runs(older_than timestamptz, most int) returns bigint
language sql volatile security definer set search_path = public, pg_temp as $$
  with old as (select ctid from test_clock_runs where recorded_at < older_than limit most),
  gone as (delete from test_clock_runs where ctid in (select ctid from old) returning 1)
  select count(*) from gone;
$$;
call give_to_dispatcher('prune_rebuilds(timestamptz, int)', 'prune_test_clock_runs(timestamptz, int)');
