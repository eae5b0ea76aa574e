using Mainstreet.Domain;

namespace Mainstreet.Application;

/// <summary>What a role holds, by the name that tokens have for it. One that a business defined is looked up at every request, so a change counts at once.</summary>
public interface IRolePermissions
{
    /// <summary>Nothing for an unknown role, and for one of another business.</summary>
    ValueTask<IReadOnlySet<string>> Of(TenantId business, string role, CancellationToken cancellationToken);
}
