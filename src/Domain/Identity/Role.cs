namespace Mainstreet.Domain.Identity;

/// <summary>The system roles of requirements part 5.</summary>
public enum Role
{
    PlatformAdmin,
    PlatformSupport,
    PlatformFinance,

    /// <summary>Operates the businesses of one infrastructure.</summary>
    InfrastructureAdmin,
    Owner,
    Manager,
    Staff,
    Cashier,
    Dispatcher,
    Technician,
    Approver,
    Marketer,
    Accountant,
    Driver,

    /// <summary>One that the business defined for itself.</summary>
    Custom,

    /// <summary>Belongs to one business through a customer account, not through a membership; so do the next three through a token, a key or a connection.</summary>
    Customer,
    Guest,
    Integrator,
    Provider,
}

public static class RoleScopes
{
    /// <summary>Whether a membership of <paramref name="tenant"/> can carry the role.</summary>
    public static bool CanBeHeldIn(this Role role, TenantId tenant) => role switch
    {
        Role.PlatformAdmin or Role.PlatformSupport or Role.PlatformFinance => IsInfrastructure(tenant),
        Role.InfrastructureAdmin => tenant != TenantId.Platform, // whether it is an infrastructure is for who grants it to know
        Role.Driver => tenant == TenantId.Pool,
        Role.Owner or Role.Manager or Role.Staff or Role.Cashier or Role.Dispatcher or Role.Technician
            or Role.Approver or Role.Marketer or Role.Accountant or Role.Custom => !IsInfrastructure(tenant),
        Role.Customer or Role.Guest or Role.Integrator or Role.Provider => false,
    };

    private static bool IsInfrastructure(TenantId tenant) => tenant == TenantId.Platform || tenant == TenantId.Pool;
}

/// <summary>What a member is: a system role, or with <see cref="Role.Custom"/> one of the business.</summary>
public sealed record HeldRole(Role Role, RoleId? Custom = null)
{
    public static implicit operator HeldRole(Role role) => new(role);

    /// <summary>Whether a membership of <paramref name="tenant"/> can carry it.</summary>
    public bool CanBeHeldIn(TenantId tenant) => Role.CanBeHeldIn(tenant) && Role is Role.Custom == Custom is not null;
}
