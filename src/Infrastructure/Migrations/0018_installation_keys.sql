-- The master key can be changed: what must outlive it is stored, sealed with the present one, and subject keys are wrapped anew.

-- Keys of the whole installation: of the runtime role's password, of tracking tokens, and retired master keys, with which secrets in
-- events are sealed. Only the owner reads them, at the start.
create table installation_keys (
  name   text primary key,
  sealed text not null
);
grant select, insert, update on installation_keys to mainstreet_dispatcher;

grant select, update (wrapped) on subject_keys to mainstreet_dispatcher;
create policy dispatcher on subject_keys to mainstreet_dispatcher using (true) with check (true);

-- Subject keys that are not wrapped by a master key, in the order of their ids.
create function subject_keys_not_of(key_id text, after_tenant uuid, after_subject uuid, most int)
returns table (tenant_id uuid, subject_id uuid, wrapped text)
language sql stable security definer set search_path = public, pg_temp as $$
  select k.tenant_id, k.subject_id, k.wrapped from subject_keys k
   where (k.tenant_id, k.subject_id) > (after_tenant, after_subject) and split_part(k.wrapped, '.', 2) <> key_id
   order by k.tenant_id, k.subject_id limit most;
$$;

-- Wraps subject keys anew. Those that changed or are locked meanwhile are left to another round: an erased one stays erased.
create function rewrap_subject_keys(tenants uuid[], subjects uuid[], was text[], becomes text[]) returns bigint
language sql volatile security definer set search_path = public, pg_temp as $$
  with wanted as (select * from unnest(tenants, subjects, was, becomes) as w (tenant_id, subject_id, was, becomes)),
  locked as (
    select k.tenant_id, k.subject_id, w.becomes from subject_keys k join wanted w using (tenant_id, subject_id)
     where k.wrapped = w.was for update of k skip locked),
  wrapped as (
    update subject_keys k set wrapped = l.becomes from locked l where k.tenant_id = l.tenant_id and k.subject_id = l.subject_id returning 1)
  select count(*) from wrapped;
$$;

-- The keys of the installation, sealed with the present master key.
create function seal_installation_keys(names text[], texts text[]) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  insert into installation_keys (name, sealed) select * from unnest(names, texts)
  on conflict (name) do update set sealed = excluded.sealed;
$$;

-- How much is sealed with which master key.
create function sealed_by() returns table (key_id text, subject_keys bigint, installation_keys bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.key_id, count(*) filter (where s.of_subject), count(*) filter (where not s.of_subject)
    from (select split_part(wrapped, '.', 2) as key_id, true as of_subject from subject_keys where wrapped is not null
          union all select split_part(sealed, '.', 2), false from installation_keys) s
   group by s.key_id order by s.key_id;
$$;

do $$
declare
  f regprocedure;
begin
  foreach f in array array[
    'subject_keys_not_of(text, uuid, uuid, int)', 'rewrap_subject_keys(uuid[], uuid[], text[], text[])',
    'seal_installation_keys(text[], text[])', 'sealed_by()']::regprocedure[]
  loop
    grant create on schema public to mainstreet_dispatcher;
    execute format('alter function %s owner to mainstreet_dispatcher', f);
    revoke create on schema public from mainstreet_dispatcher;
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to mainstreet_app', f);
  end loop;
end $$;
