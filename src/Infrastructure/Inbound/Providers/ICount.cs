using System.Text.Json;
using Mainstreet.Application.Inbound;
using Mainstreet.Domain.Connections;

namespace Mainstreet.Infrastructure.Inbound.Providers;

/// <summary>
/// iCount signs nothing: what it sends carries a secret that the business chose, as the header X-Webhook-Token or in the address as ?token=. Whoever learns it
/// can write such requests, and an old one can be sent again; it is known by its document. JSON or a form, as the webhook is set.
/// </summary>
internal sealed class ICount : IInboundProvider
{
    public string Name => "icount";

    public IReadOnlyList<string> SignedIn => SharedSecret.Places;

    public string? AccountOf(InboundRequest request) => Field(request, "cid") ?? Field(request, "company_id");

    public ValueTask<bool> IsSigned(InboundRequest request, IReadOnlyDictionary<string, string> credentials, CancellationToken cancellationToken) =>
        new(SharedSecret.IsIn(request, credentials));

    public InboundNotification Read(InboundRequest request)
    {
        var document = Field(request, "docnum") is { } number ? $"{Field(request, "doctype")}:{number}" : null;
        var type = Field(request, "action") ?? Field(request, "event") ?? "document.created";
        return Notifications.Of(request, Field(request, "event_id") ?? (document is null ? null : $"{type}:{document}"), type, null);
    }

    private static string? Field(InboundRequest request, string name) => request.Body.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..]
        ? ((JsonElement?)request.Json()).Text(name)
        : request.Form().GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
}

/// <summary>A secret that the business has chosen, and that comes along with every request.</summary>
internal static class SharedSecret
{
    private const string Header = "x-webhook-token";
    private const string Parameter = "token";

    public static IReadOnlyList<string> Places => [Header, Parameter];

    public static bool IsIn(InboundRequest request, IReadOnlyDictionary<string, string> credentials) =>
        credentials.TryGetValue(ConnectionProvider.WebhookSecret, out var secret)
        && Signatures.Same(request.Headers.GetValueOrDefault(Header) ?? request.Query.GetValueOrDefault(Parameter), secret);
}
