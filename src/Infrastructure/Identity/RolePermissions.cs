using System.Collections.Frozen;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Projections;
using Mainstreet.Infrastructure.Reads;
using Npgsql;

namespace Mainstreet.Infrastructure.Identity;

/// <inheritdoc />
internal sealed class RolePermissions(NpgsqlDataSource database, ViewCatalog views) : IRolePermissions
{
    public async ValueTask<IReadOnlySet<string>> Of(TenantId business, string role, CancellationToken cancellationToken)
    {
        if (Roles.CustomOf(role) is not { } id)
        {
            return Permissions.OfRole(role);
        }

        return await database.Rows<Held>( // the roles of all businesses are in the platform's log
            TenantId.Platform, views.Own("select permissions from rm.roles where id = @id and business_id = @business and not deleted"), new { id, business }, cancellationToken) is [var held]
            ? held.Permissions.ToFrozenSet(StringComparer.Ordinal)
            : FrozenSet<string>.Empty;
    }

    private sealed record Held(string[] Permissions);
}
