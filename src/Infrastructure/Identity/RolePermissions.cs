using System.Collections.Frozen;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Identity;

/// <inheritdoc />
internal sealed class RolePermissions(NpgsqlDataSource database) : IRolePermissions
{
    public async ValueTask<IReadOnlySet<string>> Of(TenantId business, string role, CancellationToken cancellationToken)
    {
        if (Roles.CustomOf(role) is not { } id)
        {
            return Permissions.OfRole(role);
        }

        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                TenantSql.Set(TenantId.Platform), // where the roles of all businesses are
                new("select permissions from rm.roles where id = $1 and business_id = $2 and not deleted")
                {
                    Parameters = { new() { Value = id.Value }, new() { Value = business.Value } },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return await reader.ReadAll<Held>(cancellationToken) is [var held] ? held.Permissions.ToFrozenSet(StringComparer.Ordinal) : FrozenSet<string>.Empty;
    }

    private sealed record Held(string[] Permissions);
}
