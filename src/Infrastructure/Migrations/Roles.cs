using Npgsql;

namespace Mainstreet.Infrastructure.Migrations;

/// <summary>
/// The roles the migrations grant to. They belong to the whole server, not to a database, so databases that start at the same
/// time meet here, and an advisory lock, which belongs to a database, keeps nobody out.
/// </summary>
internal static class Roles
{
    /// <summary>What the product runs as: may log in; neither owner nor superuser, bound by row-level security.</summary>
    public const string App = "mainstreet_app";

    /// <summary>
    /// Owns the few functions that look across tenants; nobody logs in as it. The owner of the schema becomes a member, for
    /// without being a superuser it could not give it functions otherwise.
    /// </summary>
    public const string Dispatcher = "mainstreet_dispatcher";

    // Of two sessions that alter one role the second waits for the first and then fails, with no code of its own but the one that
    // makes the driver give up the connection. Hence the loop on the server. Each round one session succeeds, so the loop ends.
    private const string Ensure = $"""
        do $$
        begin
          if not exists (select from pg_roles where rolname = '{App}') then
            begin create role {App}; exception when duplicate_object or unique_violation then null; end;
          end if;
          if not exists (select from pg_roles where rolname = '{Dispatcher}') then
            begin create role {Dispatcher}; exception when duplicate_object or unique_violation then null; end;
          end if;
          for attempt in 1..100 loop
            begin
              execute format('alter role {App} login password %L', current_setting('mainstreet.app_password'));
              if not (select rolsuper from pg_roles where rolname = current_user) then
                grant {Dispatcher} to current_user;
              end if;
              exit;
            exception when internal_error then
              if attempt = 100 or sqlerrm not like '%concurrently%' then raise; end if;
            end;
          end loop;
          if exists (select from pg_roles where rolname = '{App}' and (rolsuper or rolbypassrls)) then
            raise exception '{App} is a superuser or bypasses row-level security, so tenants would see each other''s data: alter the role';
          end if;
        end $$
        """;

    /// <exception cref="MigrationException">The runtime role exists and is not bound by row-level security.</exception>
    public static async Task EnsureAsync(NpgsqlConnection connection, string password, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var set = new NpgsqlCommand("select set_config('mainstreet.app_password', $1, true)", connection);
        set.Parameters.Add(new() { Value = password });
        await set.ExecuteNonQueryAsync(cancellationToken);
        await using var ensure = new NpgsqlCommand(Ensure, connection);
        try
        {
            await ensure.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.RaiseException)
        {
            throw new MigrationException(e.MessageText, e);
        }
        await transaction.CommitAsync(cancellationToken);
    }
}
