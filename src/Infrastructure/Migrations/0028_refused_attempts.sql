-- Who tried what and was refused (IAM-11). What was done stands in the log.

-- One row for whatever one caller was refused for one reason at one operation within an hour: insisting fills no disk.
create table refused_attempts (
  tenant_id   uuid not null,                     -- whose operators are to see it: the caller's business, else the platform
  attempt_id  uuid not null,                     -- from the hour, who, what and why
  operation   text not null,
  status      smallint not null,
  code        text not null,
  actor_type  text not null,
  actor_id    uuid,
  actor_role  text,
  business_id uuid,                              -- the caller's, where something of another business was tried
  network     text,                              -- the address, cut off; null: of too many in this hour
  subject_id  uuid,                              -- what was tried last
  request_id  text,                              -- of the last
  count       bigint not null,
  first_at    timestamptz not null,              -- by the wall clock
  last_at     timestamptz not null,
  primary key (tenant_id, attempt_id)
);
create index refused_attempts_newest on refused_attempts (tenant_id, first_at, attempt_id);
create index refused_attempts_first on refused_attempts using brin (first_at);
call protect('refused_attempts', dispatcher => true);
grant select, insert, update on refused_attempts to mainstreet_app;
grant select, delete on refused_attempts to mainstreet_dispatcher;

-- Finds a stream whose business is not known.
create index events_begin on events (stream_id) where version = 1;

-- Of each id, whether it is of another business than the caller's. Nothing more is told, not even of which.
create function are_foreign(ids uuid[], own uuid[]) returns boolean[]
language sql stable security definer set search_path = public, pg_temp as $$
  select array_agg(exists (
           select from events e join tenants t on t.tenant_id = e.tenant_id and t.kind = 'business'
            where e.stream_id = tried.id and e.version = 1 and e.tenant_id <> tried.own)
         order by tried.place)
    from unnest(ids, own) with ordinality as tried (id, own, place);
$$;

-- Removes what nobody asks for any more, a bounded number at a time.
create function prune_refused_attempts(older_than timestamptz, most int) returns bigint
language sql volatile security definer set search_path = public, pg_temp as $$
  with old as (select ctid from refused_attempts where first_at < older_than limit most),
  gone as (delete from refused_attempts where ctid in (select ctid from old) returning 1)
  select count(*) from gone;
$$;

do $$
declare
  f regprocedure;
begin
  foreach f in array array['are_foreign(uuid[], uuid[])', 'prune_refused_attempts(timestamptz, int)']::regprocedure[]
  loop
    grant create on schema public to mainstreet_dispatcher;
    execute format('alter function %s owner to mainstreet_dispatcher', f);
    revoke create on schema public from mainstreet_dispatcher;
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to mainstreet_app', f);
  end loop;
end $$;
