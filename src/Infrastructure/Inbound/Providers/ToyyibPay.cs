using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mainstreet.Application.Inbound;
using Mainstreet.Domain.Connections;

namespace Mainstreet.Infrastructure.Inbound.Providers;

/// <summary>
/// A form with hash = MD5(userSecretKey + status + order_id + refno + "ok"). The amount is not part of it, and there is no time in it: whoever pays out on such a
/// callback asks ToyyibPay for the bill first. No account is named, so callbacks go to the connection's own address.
/// </summary>
internal sealed class ToyyibPay : IInboundProvider
{
    private static readonly TimeSpan Malaysia = TimeSpan.FromHours(8);

    public string Name => "toyyibpay";

    /// <summary>In the body, which says so itself.</summary>
    public IReadOnlyList<string> SignedIn => ["content-type"];

    public string? AccountOf(InboundRequest request) => null;

    public ValueTask<bool> IsSigned(InboundRequest request, IReadOnlyDictionary<string, string> credentials, CancellationToken cancellationToken)
    {
        var form = request.Form();
        return new(
            credentials.TryGetValue(ConnectionProvider.WebhookSecret, out var secret)
            && Signatures.Same(form.GetValueOrDefault("hash")?.ToLowerInvariant(), Hash($"{secret}{form.GetValueOrDefault("status")}{form.GetValueOrDefault("order_id")}{form.GetValueOrDefault("refno")}ok")));
    }

    public InboundNotification Read(InboundRequest request)
    {
        var form = request.Form();
        var status = form.GetValueOrDefault("status");
        DateTimeOffset? paidAt = DateTime.TryParseExact(form.GetValueOrDefault("transaction_time"), "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? new DateTimeOffset(time, Malaysia).ToUniversalTime()
            : null;
        return Notifications.Of(
            request, form.TryGetValue("refno", out var reference) ? $"{reference}:{status}" : null,
            status switch { "1" => "payment.succeeded", "2" => "payment.pending", "3" => "payment.failed", _ => null }, paidAt);
    }

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "The provider's scheme.")]
    private static string Hash(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}
