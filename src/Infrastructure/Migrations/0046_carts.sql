-- What somebody is about to buy. It is not in the log, which keeps everything: most carts are left standing. That one was checked out follows from the
-- order, whose id is made of the cart's.
create table carts (
  tenant_id  uuid not null,
  cart_id    uuid not null,
  account_id uuid,                               -- of a customer who is signed in, who has one; null: a guest's
  content    jsonb not null,
  version    int not null,
  expires_at timestamptz not null,               -- by the tenant's clock
  updated_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, cart_id)
);
create unique index carts_account on carts (tenant_id, account_id) where account_id is not null;
create index carts_updated on carts (updated_at);
call protect('carts', dispatcher => true);
grant select, insert, update, delete on carts to mainstreet_app;
grant select, delete on carts to mainstreet_dispatcher;

-- Removes what nobody has touched for so long, a bounded number at a time.
create function prune_carts(older_than timestamptz, most int) returns bigint
language sql volatile security definer set search_path = public, pg_temp as $$
  with old as (select ctid from carts where updated_at < older_than limit most),
  gone as (delete from carts where ctid in (select ctid from old) returning 1)
  select count(*) from gone;
$$;
call give_to_dispatcher('prune_carts(timestamptz, int)');
