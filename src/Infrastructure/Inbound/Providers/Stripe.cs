using System.Text;
using System.Text.Json;
using Mainstreet.Application.Inbound;
using Mainstreet.Domain.Connections;

namespace Mainstreet.Infrastructure.Inbound.Providers;

/// <summary>
/// Stripe-Signature: t=1492774577,v1=..., each v1 the HMAC-SHA256 in hex of "{t}.{body}" with the endpoint's secret; several while a secret is rolled. A
/// signature older than five minutes is none. Events of connected accounts name the account; those of the account itself do not.
/// </summary>
internal sealed class Stripe : IInboundProvider
{
    private const string Header = "stripe-signature";
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(300);

    public string Name => "stripe";

    public IReadOnlyList<string> SignedIn => [Header];

    public string? AccountOf(InboundRequest request) => ((JsonElement?)request.Json()).Text("account");

    public ValueTask<bool> IsSigned(InboundRequest request, IReadOnlyDictionary<string, string> credentials, CancellationToken cancellationToken)
    {
        var parts = request.Headers.GetValueOrDefault(Header, "").Split(',').Select(part => part.Split('=', 2)).Where(part => part.Length == 2).ToLookup(part => part[0].Trim(), part => part[1], StringComparer.Ordinal);
        if (!credentials.TryGetValue(ConnectionProvider.WebhookSecret, out var secret) || parts["t"].FirstOrDefault() is not { } time
            || Notifications.Seconds(time) is not { } signedAt || (request.ReceivedAt - signedAt).Duration() > Tolerance)
        {
            return new(false);
        }

        var expected = Convert.ToHexStringLower(Signatures.Hmac(secret, Encoding.UTF8.GetBytes($"{time}."), request.Body));
        return new(parts["v1"].Any(signature => Signatures.Same(signature, expected)));
    }

    public InboundNotification Read(InboundRequest request)
    {
        JsonElement? e = request.Json();
        return Notifications.Of(request, e.Text("id"), e.Text("type"), Notifications.Seconds(e.Text("created")));
    }
}
