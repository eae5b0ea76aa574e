-- A message that runs stays invisible when the same request comes in again, so that it never runs twice at a time. What was
-- asked for meanwhile, at once or for later, follows when the run has ended.

alter table messages
  add column leased_until timestamptz,           -- by the wall clock; null while nobody runs it
  add column next_due_at timestamptz;            -- in the tenant's time: when it was asked for again during a run

create or replace function claim_messages(wanted text, most int, per_tenant int, lease interval) returns setof messages
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
  update messages m set attempt = m.attempt + 1, visible_at = clock_timestamp() + lease, leased_until = clock_timestamp() + lease
    from locked l where m.tenant_id = l.tenant_id and m.message_id = l.message_id
  returning m.*;
$$;

create or replace function complete_message(id uuid, seen_attempt int, seen_revision int) returns void language plpgsql volatile as $$
begin
  delete from messages
   where tenant_id = (select current_tenant()) and message_id = id and attempt = seen_attempt and revision = seen_revision
     and coalesce(next_due_at, '-infinity') <= tenant_now();
  if found then return; end if;
  -- the same request came in again while it ran: once more
  update messages set failures = 0, last_error = null, leased_until = null, next_due_at = null,
                      due_at = coalesce(next_due_at, due_at), visible_at = visible_from(coalesce(next_due_at, due_at))
   where tenant_id = (select current_tenant()) and message_id = id and attempt = seen_attempt;
  if not found then
    raise exception 'Message % was taken over by another attempt.', id using errcode = 'MS409';
  end if;
end $$;
