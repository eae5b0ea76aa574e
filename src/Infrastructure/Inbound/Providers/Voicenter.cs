using System.Text.Json;
using Mainstreet.Application.Inbound;

namespace Mainstreet.Infrastructure.Inbound.Providers;

/// <summary>
/// Notifications of calls that have ended (CDR). Voicenter signs nothing: they carry a secret that the business chose, as ?token= in their address or as the
/// header X-Webhook-Token. Whoever learns it can write such requests, and an old one can be sent again; it is known by its call, ivruniqueid. The
/// account is the number that was called, did.
/// </summary>
internal sealed class Voicenter : IInboundProvider
{
    public string Name => "voicenter";

    public IReadOnlyList<string> SignedIn => SharedSecret.Places;

    public string? AccountOf(InboundRequest request) => ((JsonElement?)request.Json()).Text("did");

    public ValueTask<bool> IsSigned(InboundRequest request, IReadOnlyDictionary<string, string> credentials, CancellationToken cancellationToken) =>
        new(SharedSecret.IsIn(request, credentials));

    public InboundNotification Read(InboundRequest request)
    {
        JsonElement? call = request.Json();
        return Notifications.Of(request, call.Text("ivruniqueid"), TypeOf(call.Text("status")), Notifications.Seconds(call.Text("time")));
    }

    private static string? TypeOf(string? status) => status?.ToUpperInvariant() switch
    {
        "ANSWER" or "ANSWERED" => "call.answered",
        "ABANDONE" or "NOANSWER" or "BUSY" or "CANCEL" or "VOEND" or "TE" or "CONGESTION" => "call.missed",
        null => null,
        _ => "call.ended",
    };
}
