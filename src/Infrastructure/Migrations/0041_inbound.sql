-- What providers sent: sealed with the master key, because it is full of what people said and paid, and removed after 30 days. What became of it is in
-- the log; the log has none of it.
create table inbound_payloads (
  tenant_id   uuid not null,
  message_id  uuid not null,                    -- of the connection and the provider's event id: sent again, it is the same
  sealed      text not null,
  received_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, message_id)
);
create index inbound_payloads_received on inbound_payloads using brin (received_at);
call protect('inbound_payloads', dispatcher => true);
grant select, insert, delete on inbound_payloads to mainstreet_app;
grant select, delete on inbound_payloads to mainstreet_dispatcher;

-- What names an account that nobody has connected yet, as it came in: it is verified when somebody connects it. The platform's.
create table parked_inbound (
  tenant_id   uuid not null,
  parked_id   uuid not null,                    -- of provider, account and event id
  provider    text not null,
  account     text not null,
  event_id    text not null,
  type        text not null,
  bytes       int not null,
  sealed      text not null,
  received_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, parked_id)
);
create index parked_inbound_account on parked_inbound (tenant_id, provider, account);
create index parked_inbound_newest on parked_inbound (tenant_id, received_at, parked_id);
call protect('parked_inbound', dispatcher => true);
grant select, insert, delete on parked_inbound to mainstreet_app;
grant select, delete on parked_inbound to mainstreet_dispatcher;

-- Removes what nobody will look for any more, a bounded number at a time.
create function prune_inbound_payloads(older_than timestamptz, most int) returns bigint
language sql volatile security definer set search_path = public, pg_temp as $$
  with old as (select ctid from inbound_payloads where received_at < older_than limit most),
  gone as (delete from inbound_payloads where ctid in (select ctid from old) returning 1)
  select count(*) from gone;
$$;

create function prune_parked_inbound(older_than timestamptz, most int) returns bigint
language sql volatile security definer set search_path = public, pg_temp as $$
  with old as (select ctid from parked_inbound where received_at < older_than limit most),
  gone as (delete from parked_inbound where ctid in (select ctid from old) returning 1)
  select count(*) from gone;
$$;

do $$
declare f text;
begin
  grant create on schema public to mainstreet_dispatcher;
  foreach f in array array['prune_inbound_payloads(timestamptz, int)', 'prune_parked_inbound(timestamptz, int)'] loop
    execute format('alter function %s owner to mainstreet_dispatcher', f);
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to mainstreet_app', f);
  end loop;
  revoke create on schema public from mainstreet_dispatcher;
end $$;
