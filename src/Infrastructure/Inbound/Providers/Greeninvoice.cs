using System.Text.Json;
using Mainstreet.Application.Inbound;
using Mainstreet.Domain.Connections;

namespace Mainstreet.Infrastructure.Inbound.Providers;

/// <summary>
/// X-Data-Signature: the HMAC-SHA256 in base64 of the body with the webhook's secret. There is no time in it. How documents name the business and the event is
/// not published in one place, so the known spellings are tried; at the connection's own address neither is needed.
/// </summary>
internal sealed class Greeninvoice : IInboundProvider
{
    private const string Header = "x-data-signature";

    public string Name => "greeninvoice";

    public IReadOnlyList<string> SignedIn => [Header];

    public string? AccountOf(InboundRequest request)
    {
        JsonElement? root = request.Json();
        return root.Text("business_id") ?? root.Text("businessId") ?? root.At("business").Text("id");
    }

    public ValueTask<bool> IsSigned(InboundRequest request, IReadOnlyDictionary<string, string> credentials, CancellationToken cancellationToken) => new(
        credentials.TryGetValue(ConnectionProvider.WebhookSecret, out var secret)
        && Signatures.Same(request.Headers.GetValueOrDefault(Header), Convert.ToBase64String(Signatures.Hmac(secret, request.Body))));

    public InboundNotification Read(InboundRequest request)
    {
        JsonElement? root = request.Json();
        var type = root.Text("event") ?? root.Text("topic") ?? "document.created";
        return Notifications.Of(request, root.Text("event_id") ?? (root.Text("id") is { } document ? $"{type}:{document}" : null), type, Notifications.Seconds(root.Text("creationDate")));
    }
}
