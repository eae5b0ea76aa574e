-- A log that was set back to an earlier state gives out positions again which readers have seen already (design 2).

-- Gives functions that look across tenants to the dispatcher, for the runtime role to call.
create procedure give_to_dispatcher(variadic functions regprocedure[]) language plpgsql as $$
declare
  f regprocedure;
begin
  foreach f in array functions
  loop
    grant create on schema public to mainstreet_dispatcher;
    execute format('alter function %s owner to mainstreet_dispatcher', f);
    revoke create on schema public from mainstreet_dispatcher;
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to mainstreet_app', f);
  end loop;
end $$;
revoke all on procedure give_to_dispatcher(regprocedure[]) from public;

-- One row of a tenant for each time that its log was set back; none: it never was.
create table log_epochs (
  tenant_id uuid not null,
  epoch     bigint not null,                     -- microseconds since 1970: a later restore never gives a number again
  head      bigint not null,                     -- where the log ended then: readers that were further have seen what is no more
  primary key (tenant_id, epoch)
);
call protect('log_epochs', dispatcher => true);
grant select on log_epochs to mainstreet_app;
grant select, insert on log_epochs to mainstreet_dispatcher;

create function begin_log_epoch() returns table (epoch bigint, tenants bigint)
language sql volatile security definer set search_path = public, pg_temp as $$
  with begun as (select (extract(epoch from clock_timestamp()) * 1000000)::bigint as epoch),
  noted as (
    insert into log_epochs (tenant_id, epoch, head)
    select t.tenant_id, begun.epoch, coalesce((select max(e.position) from events e where e.tenant_id = t.tenant_id), 0) from tenants t, begun
    returning 1)
  select begun.epoch, (select count(*) from noted) from begun;
$$;
call give_to_dispatcher('begin_log_epoch()');
