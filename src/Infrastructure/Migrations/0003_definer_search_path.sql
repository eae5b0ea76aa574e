-- A search_path that leaves pg_temp out has it first: a caller's temporary table would then stand before the real one.
-- Functions with the dispatcher's rights name it last.
do $$
declare
  f regprocedure;
begin
  for f in select oid from pg_proc where prosecdef and pronamespace = 'public'::regnamespace loop
    execute format('alter function %s set search_path = public, pg_temp', f);
  end loop;
end $$;
