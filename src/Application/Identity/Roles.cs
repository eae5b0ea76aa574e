using System.Collections.Frozen;
using System.Text.Json;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Application.Identity;

/// <summary>The fixed roles of requirements part 5. Customers, guests, API keys and providers act by what they own or hold, not by what a role allows.</summary>
public static class Roles
{
    public const string PlatformAdmin = "platform_admin";
    public const string PlatformSupport = "platform_support";
    public const string PlatformFinance = "platform_finance";
    public const string InfrastructureAdmin = "infrastructure_admin";
    public const string Owner = "owner";
    public const string Manager = "manager";
    public const string Staff = "staff";
    public const string Cashier = "cashier";
    public const string Dispatcher = "dispatcher";
    public const string Technician = "technician";
    public const string Approver = "approver";
    public const string Marketer = "marketer";
    public const string Accountant = "accountant";
    public const string Driver = "driver";

    /// <summary>Of a customer's account at a storefront. It holds no permission: customers deal with what is their own.</summary>
    public const string Customer = "customer";

    /// <summary>Of an API key. It holds nothing by itself: the key has scopes.</summary>
    public const string Integrator = "integrator";

    /// <summary>Of somebody who has signed in and is a member of no business yet. It holds no permission.</summary>
    public const string None = "none";

    /// <summary>The role of a business that a token means; null for a system role.</summary>
    public static RoleId? CustomOf(string name) =>
        name.StartsWith(CustomPrefix, StringComparison.Ordinal) && Guid.TryParseExact(name.AsSpan(CustomPrefix.Length), "D", out var id) ? new RoleId(id) : null;

    private const string CustomPrefix = "custom:";

    private static readonly FrozenDictionary<Role, string> names =
        Enum.GetValues<Role>().ToFrozenDictionary(role => role, role => JsonNamingPolicy.SnakeCaseLower.ConvertName(role.ToString()));

    /// <summary>The role as tokens and permissions name it; one that a business defined is <c>custom:</c> and its id.</summary>
    public static string NameOf(Role role, RoleId? custom = null) => custom is { } id ? CustomPrefix + id : names[role];
}
