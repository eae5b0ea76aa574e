-- Erasing somebody: the key goes in the commit that records it, and what holds copies in the clear is emptied.

-- What was written up to here is unreadable for good. A key after that is for who came back, and opens nothing from before.
alter table subject_keys alter column wrapped drop not null, add column erased_to bigint not null default 0;

create index events_subject on events (tenant_id, subject_id, position) where subject_id is not null;
create index webhook_deliveries_of_stream on webhook_deliveries (tenant_id, stream_id);
grant update (response_body) on webhook_attempts to mainstreet_app;

-- The erasure for which a view is folded again. The rows from before are not kept for a rollback then.
alter table rebuilds add column erasure_id uuid;
create index rebuilds_of_erasure on rebuilds (tenant_id, erasure_id) where erasure_id is not null;

-- Keys are made and remembered outside the lane: raises when one that a commit encrypts with is not the subject's any more.
create function expect_keys(subjects uuid[], erased bigint[]) returns void language plpgsql volatile as $$
begin
  if exists (
    select from unnest(subjects, erased) as s (subject_id, erased_to)
      left join subject_keys k on k.tenant_id = (select current_tenant()) and k.subject_id = s.subject_id
     where k.wrapped is null or k.erased_to <> s.erased_to) then
    raise exception 'The key of a data subject was destroyed meanwhile.' using errcode = 'MS407';
  end if;
end $$;

-- How many events hold data of a subject that can be read.
create function readable_events(subject uuid, up_to bigint) returns bigint language sql stable as $$
  select count(*) from events e
   where e.tenant_id = (select current_tenant()) and e.subject_id = subject and e.position <= up_to
     and e.position > coalesce((select k.erased_to from subject_keys k where k.tenant_id = e.tenant_id and k.subject_id = e.subject_id), 0);
$$;

-- Within the lane, behind the event that records it. Of the given views those are folded again that have seen the given types
-- of events of the subject; generations that run or are kept for a rollback are dropped at once.
create function erase_subject(subject uuid, erasure uuid, counted bigint, view_names text[], view_events text[], requester uuid) returns void
language plpgsql volatile as $$
declare
  tenant uuid := (select current_tenant());
  head bigint := current_setting('app.head')::bigint;
  stale text[];
begin
  if readable_events(subject, head) <> counted then
    raise exception 'More was recorded of the subject meanwhile.' using errcode = 'MS406';
  end if;

  insert into subject_keys (tenant_id, subject_id, wrapped, erased_to) values (tenant, subject, null, head)
  on conflict (tenant_id, subject_id) do update set wrapped = null, erased_to = excluded.erased_to;

  update webhook_attempts a set response_body = null
    from webhook_deliveries d
   where d.tenant_id = tenant and d.stream_id in (select e.stream_id from events e where e.tenant_id = tenant and e.subject_id = subject)
     and a.tenant_id = tenant and a.delivery_id = d.delivery_id and a.response_body is not null;

  perform pg_advisory_xact_lock(hashtextextended('keep ' || tenant, 0));
  stale := array(
    select distinct w.view from unnest(view_names, view_events) as w (view, type)
     where exists (select from events e where e.tenant_id = tenant and e.subject_id = subject and e.type = w.type));
  update rebuilds set
      status = case goal when 'roll_back' then 'switched' else 'canceled' end, goal = case goal when 'roll_back' then 'switch' else goal end,
      diff = null, finished_at = clock_timestamp(), drop_at = clock_timestamp()
   where tenant_id = tenant and view = any (stale) and status in ('requested', 'building', 'catching_up', 'verifying', 'ready');
  update rebuilds set diff = null, drop_at = least(drop_at, clock_timestamp()) where tenant_id = tenant and view = any (stale) and drop_at is not null;
  insert into rebuilds (tenant_id, rebuild_id, view, generation, previous, switch, goal, status, total, requested_by, erasure_id)
  select tenant, md5(erasure || s.view)::uuid, s.view,
         1 + greatest(live.generation, (select max(r.generation) from rebuilds r where r.tenant_id = tenant and r.view = s.view)),
         live.generation, 'auto', 'switch', 'requested', head, requester, erasure
    from unnest(stale) as s (view)
   cross join lateral (
     select coalesce((select g.generation from live_generations g where g.tenant_id = tenant and g.view = s.view), 1) as generation) live;
end $$;
