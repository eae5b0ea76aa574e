-- A rollback that failed left the rows from before a switch to nobody: its rebuild is again what it was before it was asked for, and they go.
alter table rebuilds no force row level security;
update rebuilds set status = 'switched', goal = 'switch', drop_at = clock_timestamp(), dropped_at = null where status = 'failed' and goal = 'roll_back';
alter table rebuilds force row level security;
