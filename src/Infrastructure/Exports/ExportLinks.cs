using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mainstreet.Application.Exports;
using Mainstreet.Application.Orders;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Security;

namespace Mainstreet.Infrastructure.Exports;

/// <inheritdoc />
/// <remarks>The proof is an HMAC-SHA256 of what it is for; no other token of the key is of such a text.</remarks>
internal sealed class ExportLinks(InstallationKeys keys) : IExportLinks
{
    public ExportLink Issue(TenantId tenant, ExportId export, DateTimeOffset expiresAt)
    {
        var until = DateTimeOffset.FromUnixTimeSeconds(expiresAt.ToUnixTimeSeconds());
        return new(Token(tenant, export, until), until);
    }

    public bool IsGenuine(string token, TenantId tenant, ExportId export, DateTimeOffset expiresAt) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(token), Encoding.ASCII.GetBytes(Token(tenant, export, expiresAt)));

    private string Token(TenantId tenant, ExportId export, DateTimeOffset expiresAt) => TrackingToken.Make(
        tenant, HMACSHA256.HashData(keys.Tracking, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"export\n{tenant}\n{export}\n{expiresAt.ToUnixTimeSeconds()}"))));
}
