-- A repeated request is refused in the same words: jsonb orders members anew.
alter table commands alter column error type json;
