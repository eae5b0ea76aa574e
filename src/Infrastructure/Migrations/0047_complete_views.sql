-- A rollback that failed left the rows from before a switch to nobody: its rebuild is again what it was before it was asked for, and they go.
alter table rebuilds no force row level security;
update rebuilds set status = 'switched', goal = 'switch', drop_at = clock_timestamp(), dropped_at = null where status = 'failed' and goal = 'roll_back';
alter table rebuilds force row level security;

-- Within the lane: raises where a view that commits write lacks an event of the log, so that nobody decides by what it does not show. Its table
-- is new and being filled, or the last who wrote was a process of another release, whose table is another one.
create function expect_complete(view_table text, stream_key text, view_events text[]) returns void language plpgsql volatile as $$
declare
  tenant uuid := current_tenant();
  head bigint := current_setting('app.head')::bigint;
  folded bigint;
  behind boolean;
begin
  select coalesce((select c.positions[s.slot] from tenant_checkpoints c, subscriptions s where c.tenant_id = tenant and s.name = view_table), 0) into folded;
  if folded >= head then return; end if;
  -- in the ordinary case the rows have what the subscription has yet to see, for the commits wrote them
  execute format($sql$
    select exists (
      select from events e
       where e.tenant_id = $1 and e.position > $2 and e.position <= $3 and e.type = any ($4)
         and not exists (
           select from rm.%1$I r where r.tenant_id = $1 and r.generation = $5 and r.%2$I = e.stream_id and r.row_position >= e.position))
    $sql$, view_table, stream_key) into behind using tenant, folded, head, view_events, live_generation(view_table);
  if behind and not exists (select from parks where tenant_id = tenant and subscription = view_table) then
    raise exception 'The view % is behind the log.', view_table using errcode = 'MS425';
  end if;
end $$;
