namespace Mainstreet.Domain.Identity;

/// <summary>A role that a business defined for itself. Which permissions there are is the application's to know. Requirement IAM-09.</summary>
public sealed record CustomRole(RoleId Id, TenantId TenantId, string Name, string? Description, string[] Permissions, bool Deleted)
    : IAggregate<CustomRole, CustomRoleEvent>
{
    public static CustomRoleEvent[] Define(RoleId id, TenantId tenant, string name, string? description, string[] permissions, DateTimeOffset now)
    {
        Validate(name, description);
        return [new RoleDefined(id, tenant, name, description, permissions, now)];
    }

    public CustomRoleEvent[] Change(string name, string? description, string[] permissions, DateTimeOffset now)
    {
        Check.That(!Deleted, DomainError.NotFound("role"));
        Validate(name, description);
        return name == Name && description == Description && permissions.SequenceEqual(Permissions, StringComparer.Ordinal)
            ? []
            : [new RoleChanged(Id, name, description, permissions, now)];
    }

    /// <param name="holders">How many members, deactivated ones too, and open invitations have it.</param>
    public CustomRoleEvent[] Delete(int holders, DateTimeOffset now)
    {
        Check.That(holders == 0, IdentityErrors.RoleInUse(holders));
        return Deleted ? [] : [new RoleDeleted(Id, now)];
    }

    public static CustomRole Evolve(CustomRole? role, CustomRoleEvent e) => (role, e) switch
    {
        (null, RoleDefined defined) => new(defined.RoleId, defined.TenantId, defined.Name, defined.Description, defined.Permissions, Deleted: false),
        ({ }, RoleChanged changed) => role with { Name = changed.Name, Description = changed.Description, Permissions = changed.Permissions },
        ({ }, RoleDeleted) => role with { Deleted = true },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(role is null ? "an empty stream" : "a role")}."),
    };

    private static void Validate(string name, string? description)
    {
        Check.That(Check.IsText(name, 60), IdentityErrors.RoleNameInvalid);
        Check.That(Check.IsOptionalText(description, 200), IdentityErrors.RoleNameInvalid);
    }
}
