using System.Security.Cryptography;
using Mainstreet.Application.Orders;
using Mainstreet.Domain;

namespace Mainstreet.Infrastructure.Security;

/// <summary>The proof in a tracking token is an HMAC-SHA256 of tenant and order.</summary>
internal sealed class TrackingTokens(InstallationKeys keys) : ITrackingTokens
{
    public string Issue(TenantId tenant, OrderId order) =>
        TrackingToken.Make(tenant, HMACSHA256.HashData(keys.Tracking, System.Text.Encoding.ASCII.GetBytes($"{tenant}\n{order}")));
}
