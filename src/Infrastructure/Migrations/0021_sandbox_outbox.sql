-- What test tenants sent to people, and nobody got: for whoever tries the product out.

create table sandbox_outbox (
  tenant_id      uuid not null,
  message_id     uuid not null,                  -- from the key under which it was sent: sent again, it is the same
  kind           text not null check (kind in ('email', 'sms', 'whatsapp', 'push')),
  recipient      text not null,
  subject        text,
  text           text not null,
  html           text,
  template       text not null,
  subject_id     uuid,                           -- to whom it went; gone with an erasure
  correlation_id uuid not null,
  causation_id   uuid,
  sent_at        timestamptz not null,           -- in the tenant's time
  created_at     timestamptz not null default clock_timestamp(),
  primary key (tenant_id, message_id)
);
create index sandbox_outbox_newest on sandbox_outbox (tenant_id, created_at, message_id);
create index sandbox_outbox_created on sandbox_outbox using brin (created_at);
call protect('sandbox_outbox', dispatcher => true);
grant select, insert, delete on sandbox_outbox to mainstreet_app;
grant select, delete on sandbox_outbox to mainstreet_dispatcher;

-- Removes what nobody will look for any more, a bounded number at a time.
create function prune_sandbox_outbox(older_than timestamptz, most int) returns bigint
language sql volatile security definer set search_path = public, pg_temp as $$
  with old as (select ctid from sandbox_outbox where created_at < older_than limit most),
  gone as (delete from sandbox_outbox where ctid in (select ctid from old) returning 1)
  select count(*) from gone;
$$;

do $$
begin
  grant create on schema public to mainstreet_dispatcher;
  alter function prune_sandbox_outbox(timestamptz, int) owner to mainstreet_dispatcher;
  revoke create on schema public from mainstreet_dispatcher;
  revoke all on function prune_sandbox_outbox(timestamptz, int) from public;
  grant execute on function prune_sandbox_outbox(timestamptz, int) to mainstreet_app;
end $$;
