using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Mainstreet.Infrastructure.Migrations;
using Npgsql;

namespace Mainstreet.TestSupport;

/// <summary>
/// A migrated database nobody may connect to, made once per content of the migrations and salt, and kept for the next run.
/// </summary>
internal static class TestTemplate
{
    private const int Kept = 12;

    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Made = new(StringComparer.Ordinal);

    /// <returns>The name of the template.</returns>
    public static Task<string> EnsureAsync(string salt, Func<string, Task>? prepare)
    {
        var content = string.Join('\n', Migration.Embedded().Select(m => m.Checksum).Append(salt));
        var name = "template_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))[..16];
        return Made.GetOrAdd(name, n => new(() => MakeAsync(n, prepare))).Value;
    }

    private static async Task<string> MakeAsync(string name, Func<string, Task>? prepare)
    {
        await using var server = await TestServer.OpenAsync();
        await server.ExecuteAsync("select pg_advisory_lock(1)");            // other test processes want the same template
        try
        {
            if (!await ExistsAsync(server, name))
                await BuildAsync(server, name, prepare);
        }
        finally
        {
            await server.ExecuteAsync("select pg_advisory_unlock(1)");
        }
        return name;
    }

    private static async Task BuildAsync(NpgsqlConnection server, string name, Func<string, Task>? prepare)
    {
        await DropOldAsync(server);
        await server.ExecuteAsync($"create database {name}");
        var connectionString = await TestServer.ConnectionStringAsync(name);
        await using (var owner = NpgsqlDataSource.Create(connectionString))
            await Migrator.MigrateAsync(owner, TestDatabase.Variables, CancellationToken.None);
        if (prepare is not null)
            await prepare(connectionString);
        await using (var pooled = new NpgsqlConnection(connectionString))
            NpgsqlConnection.ClearPool(pooled);
        await server.ExecuteAsync($"alter database {name} with is_template true allow_connections false");
        await server.ExecuteAsync($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
    }

    private static async Task<bool> ExistsAsync(NpgsqlConnection server, string name)
    {
        await using var command = new NpgsqlCommand("select 1 from pg_database where datname = $1 and datistemplate", server);
        command.Parameters.Add(new() { Value = name });
        return await command.ExecuteScalarAsync() is not null;
    }

    /// <summary>
    /// Every change of a migration leaves a template behind; the newest are kept for those who go back and forth.
    /// What is not marked as a template was half made by a killed run: whoever makes one holds the lock.
    /// </summary>
    private static async Task DropOldAsync(NpgsqlConnection server)
    {
        var old = new List<string>();
        await using (var command = new NpgsqlCommand($"""
            select datname from (
              select datname, datistemplate, row_number() over (partition by datistemplate order by oid desc) as age
              from pg_database where starts_with(datname, 'template_')) template
            where not datistemplate or age > {Kept}
            """, server))
        {
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                old.Add(reader.GetString(0));
        }
        foreach (var name in old)
        {
            await server.ExecuteAsync($"alter database {name} with is_template false");
            await server.ExecuteAsync($"drop database {name} with (force)");
        }
    }
}
