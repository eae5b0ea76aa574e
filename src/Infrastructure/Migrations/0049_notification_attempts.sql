-- That a message to a customer was handed to a provider who does not know keys: while nobody has heard how it ended, it is not sent again.

create table notification_attempts (
  tenant_id  uuid not null,
  key        text not null,
  started_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, key)
);
create index notification_attempts_started on notification_attempts using brin (started_at);
call protect('notification_attempts', dispatcher => true);
grant select, insert, delete on notification_attempts to mainstreet_app;
grant select, delete on notification_attempts to mainstreet_dispatcher;

-- Removes what nobody will try any more, a bounded number at a time.
create function prune_notification_attempts(older_than timestamptz, most int) returns bigint
language sql volatile security definer set search_path = public, pg_temp as $$
  with old as (select ctid from notification_attempts where started_at < older_than limit most),
  gone as (delete from notification_attempts where ctid in (select ctid from old) returning 1)
  select count(*) from gone;
$$;
call give_to_dispatcher('prune_notification_attempts(timestamptz, int)');
