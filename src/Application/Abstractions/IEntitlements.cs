using Mainstreet.Domain;

namespace Mainstreet.Application;

/// <summary>What a business may have and use.</summary>
/// <param name="Seats">Members, and invitations that are open.</param>
/// <param name="ApiAccess">Programs may use the API with keys of the business.</param>
public sealed record Entitlements(int Seats, bool ApiAccess);

/// <summary>Where entitlements come from. Asked before a decision, never within one.</summary>
public interface IEntitlements
{
    ValueTask<Entitlements> Of(TenantId business, CancellationToken cancellationToken);
}
