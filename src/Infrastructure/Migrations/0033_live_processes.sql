-- Which processes of the product are there. Limits that each keeps in memory are shared among as many. After a crash everybody says so again.
create unlogged table processes (
  process_id  uuid primary key,
  alive_until timestamptz not null
);
grant select, insert, update, delete on processes to mainstreet_dispatcher;

-- Says that a process is there for a time, 0 when it ends; and counts who is.
create function beat(process uuid, alive interval) returns int
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  insert into processes values (process, clock_timestamp() + alive)
  on conflict (process_id) do update set alive_until = excluded.alive_until;
  delete from processes where alive_until <= clock_timestamp();
  return (select count(*) from processes);
end $$;

do $$
begin
  grant create on schema public to mainstreet_dispatcher;
  alter function beat(uuid, interval) owner to mainstreet_dispatcher;
  revoke create on schema public from mainstreet_dispatcher;
  revoke all on function beat(uuid, interval) from public;
  grant execute on function beat(uuid, interval) to mainstreet_app;
end $$;
