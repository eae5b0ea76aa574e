-- Dead letters are seen, redriven and discarded over HTTP, and whoever did so is remembered. So is who called off a message.
alter table dead_letters
  add column attempt int not null default 0,     -- where the fence stood: a redriven message goes on from there
  add column revision int,                       -- null in letters from before: then one that was never run
  add column status text not null default 'dead' check (status in ('dead', 'redriven', 'discarded', 'canceled')),
  add column closed_at timestamptz,
  add column closed_by jsonb;
create index dead_letters_newest on dead_letters (status, died_at desc, message_id desc);
create index dead_letters_tenant_newest on dead_letters (tenant_id, status, died_at desc, message_id desc);
create index dead_letters_by_id on dead_letters (message_id);
create policy dispatcher on dead_letters to mainstreet_dispatcher using (true) with check (true);
grant select on dead_letters to mainstreet_dispatcher;
grant update on dead_letters to mainstreet_app;

-- Dead letters of one tenant or of all, the newest first.
create function dead_letters_in(
  target uuid, wanted_status text, wanted_queue text, wanted_type text, before timestamptz, before_id uuid, most int) returns setof dead_letters
language plpgsql stable security definer set search_path = public, pg_temp as $$
begin
  -- each branch has a plan of its own
  if target is null then
    return query select * from dead_letters
      where status = wanted_status and (before is null or (died_at, message_id) < (before, before_id))
        and (wanted_queue is null or queue = wanted_queue) and (wanted_type is null or type = wanted_type)
      order by died_at desc, message_id desc limit most;
  else
    return query select * from dead_letters
      where tenant_id = target and status = wanted_status and (before is null or (died_at, message_id) < (before, before_id))
        and (wanted_queue is null or queue = wanted_queue) and (wanted_type is null or type = wanted_type)
      order by died_at desc, message_id desc limit most;
  end if;
end $$;

-- Whose dead letter it is, for operators.
create function tenant_of_dead_letter(id uuid) returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select tenant_id from dead_letters where message_id = id;
$$;

-- A message that was run before its time runs at its time as well: as a command of its own, or it would be answered like the first.
create or replace function complete_message(id uuid, seen_attempt int, seen_revision int) returns void language plpgsql volatile as $$
begin
  delete from messages
   where tenant_id = (select current_tenant()) and message_id = id and attempt = seen_attempt and revision = seen_revision
     and coalesce(next_due_at, '-infinity') <= tenant_now();
  if found then return; end if;
  -- the same request came in again while it ran, or it ran before its time: once more
  update messages set failures = 0, last_error = null, leased_until = null, next_due_at = null, revision = revision + 1,
                      due_at = coalesce(next_due_at, due_at), visible_at = visible_from(coalesce(next_due_at, due_at))
   where tenant_id = (select current_tenant()) and message_id = id and attempt = seen_attempt;
  if not found then
    raise exception 'Message % was taken over by another attempt.', id using errcode = 'MS409';
  end if;
end $$;

do $$
declare
  f regprocedure;
begin
  foreach f in array array[
    'dead_letters_in(uuid, text, text, text, timestamptz, uuid, int)', 'tenant_of_dead_letter(uuid)']::regprocedure[]
  loop
    grant create on schema public to mainstreet_dispatcher;
    execute format('alter function %s owner to mainstreet_dispatcher', f);
    revoke create on schema public from mainstreet_dispatcher;
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to mainstreet_app', f);
  end loop;
end $$;
