using System.Text.Json;
using Mainstreet.Application.Inbound;
using Mainstreet.Domain.Connections;

namespace Mainstreet.Infrastructure.Inbound.Providers;

/// <summary>
/// WhatsApp Cloud API. X-Hub-Signature-256: sha256=..., the HMAC-SHA256 in hex of the body with the app's secret. There is no time in it; what is told again
/// is known by the ids of its messages. Meta checks an address by a GET with hub.mode, hub.verify_token and hub.challenge, whose text it wants back.
/// One request may hold several messages and statuses: it is one notification here, of the account of its first entry.
/// </summary>
internal sealed class WhatsApp : IInboundProvider
{
    private const string Header = "x-hub-signature-256";

    public string Name => "whatsapp";

    public IReadOnlyList<string> SignedIn => [Header];

    public string? AccountOf(InboundRequest request) => ((JsonElement?)request.Json()).At("entry").First().Text("id");

    public ValueTask<bool> IsSigned(InboundRequest request, IReadOnlyDictionary<string, string> credentials, CancellationToken cancellationToken) => new(
        credentials.TryGetValue(ConnectionProvider.WebhookSecret, out var secret)
        && Signatures.Same(request.Headers.GetValueOrDefault(Header), $"sha256={Convert.ToHexStringLower(Signatures.Hmac(secret, request.Body))}"));

    public InboundNotification Read(InboundRequest request)
    {
        JsonElement? root = request.Json();
        var changes = root.At("entry").Each().SelectMany(entry => ((JsonElement?)entry).At("changes").Each()).Select(change => (JsonElement?)change).ToArray();
        var messages = changes.SelectMany(change => change.At("value").At("messages").Each()).Select(message => (JsonElement?)message).ToArray();
        var statuses = changes.SelectMany(change => change.At("value").At("statuses").Each()).Select(status => (JsonElement?)status).ToArray();
        string?[] ids = [.. messages.Select(message => message.Text("id")), .. statuses.Select(status => $"{status.Text("id")}:{status.Text("status")}")];
        return Notifications.Of(
            request, ids is [] ? null : string.Join(',', ids), messages is [] && statuses is not [] ? "statuses" : changes.FirstOrDefault().Text("field"),
            Notifications.Seconds(messages.Concat(statuses).FirstOrDefault().Text("timestamp")));
    }

    public string? Answer(IReadOnlyDictionary<string, string> query, IReadOnlyDictionary<string, string> credentials) =>
        query.GetValueOrDefault("hub.mode") == "subscribe" && credentials.TryGetValue(ConnectionProvider.VerifyToken, out var token)
        && Signatures.Same(query.GetValueOrDefault("hub.verify_token"), token)
            ? query.GetValueOrDefault("hub.challenge", "")
            : null;
}
