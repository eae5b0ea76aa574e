-- From where pages may call the API: what a business's settings say, to be found when nobody knows yet whose page it is.
create table allowed_origins (
  tenant_id uuid not null,
  origin    text not null,
  primary key (tenant_id, origin)
);
create index allowed_origins_origin on allowed_origins (origin);
call protect('allowed_origins', dispatcher => true);
grant select, insert, delete on allowed_origins to mainstreet_app;
grant select on allowed_origins to mainstreet_dispatcher;

-- Whether some business allows it. Nothing more is told, not even which.
create function is_allowed_origin(page text) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select from allowed_origins where origin = page);
$$;

do $$
begin
  grant create on schema public to mainstreet_dispatcher;
  alter function is_allowed_origin(text) owner to mainstreet_dispatcher;
  revoke create on schema public from mainstreet_dispatcher;
  revoke all on function is_allowed_origin(text) from public;
  grant execute on function is_allowed_origin(text) to mainstreet_app;
end $$;
