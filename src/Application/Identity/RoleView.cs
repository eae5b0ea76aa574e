using Mainstreet.Domain;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Application.Identity;

/// <summary>A role of a business as it sees it.</summary>
/// <param name="Deleted">Such a row is kept, but no query shows it.</param>
public sealed record RoleView(
    [property: Key] RoleId Id, TenantId BusinessId, string Name, string? Description, string[] Permissions, bool Deleted, DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt, int Version);

internal sealed class RolesProjection : Projection<RoleView>
{
    public RolesProjection() : base("roles", version: 1, inline: true)
    {
        Fold<RoleDefined>(e => e.RoleId, (row, e) => row with
        {
            BusinessId = e.TenantId,
            Name = e.Name,
            Description = e.Description,
            Permissions = e.Permissions,
            CreatedAt = e.At,
            UpdatedAt = e.At,
        });
        Fold<RoleChanged>(e => e.RoleId, (row, e) => row with { Name = e.Name, Description = e.Description, Permissions = e.Permissions, UpdatedAt = e.At });
        Fold<RoleDeleted>(e => e.RoleId, (row, e) => row with { Deleted = true, UpdatedAt = e.At });
        Unique(IdentityErrors.RoleNameTaken, "not deleted", "business_id", "name");
    }

    private void Fold<TEvent>(Func<TEvent, RoleId> id, Func<RoleView, TEvent, RoleView> fold) where TEvent : CustomRoleEvent =>
        On<TEvent>(e => new(id(e), default, "", null, [], Deleted: false, default, default, 0), (row, e, context) => fold(row, e) with { Version = context.Version });
}
