using System.Security.Cryptography;
using Mainstreet.Application.Orders;
using Mainstreet.Domain;

namespace Mainstreet.Infrastructure.Security;

/// <summary>The proof in a tracking token is an HMAC-SHA256 of tenant and order.</summary>
internal sealed class TrackingTokens(MasterKey master) : ITrackingTokens
{
    private readonly byte[] key = master.Derive("order tracking");

    public string Issue(TenantId tenant, OrderId order) =>
        TrackingToken.Make(tenant, HMACSHA256.HashData(key, System.Text.Encoding.ASCII.GetBytes($"{tenant}\n{order}")));
}
