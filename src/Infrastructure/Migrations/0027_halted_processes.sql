-- A process that is halted with a lane in its hands lets go of it sooner: between the two trips of a commit is nothing but a decision.
do $$
begin
  execute format('alter role mainstreet_app in database %I set idle_in_transaction_session_timeout = ''5s''', current_database());
end $$;
