-- The last position of the present tenant's log that was recorded by a moment: times never go backwards in a log.
create function position_at(moment timestamptz) returns bigint language plpgsql stable as $$
declare
  low bigint := 0;
  high bigint;
  middle bigint;
begin
  select coalesce(max(e.position), 0) into high from events e where e.tenant_id = (select current_tenant());
  while low < high loop
    middle := (low + high + 1) / 2;
    if (select e.recorded_at <= moment from events e where e.tenant_id = (select current_tenant()) and e.position = middle) then
      low := middle;
    else
      high := middle - 1;
    end if;
  end loop;
  return low;
end $$;
