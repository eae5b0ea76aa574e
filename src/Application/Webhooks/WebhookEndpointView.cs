using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;

namespace Mainstreet.Application.Webhooks;

/// <summary>A webhook endpoint as its business sees it. No secret, sealed or not, is in it.</summary>
/// <param name="Headers">Their names: no value, sealed or not, is here.</param>
/// <param name="Degraded">It fails, and is tried still.</param>
/// <param name="DisabledReason">Null while it is enabled.</param>
/// <param name="PublicKey">Verifies what is signed by Ed25519; null: it is signed with a secret.</param>
/// <param name="PreviousSecretValidUntil">Until then messages carry a second signature; null before the first rotation.</param>
/// <param name="Deleted">Such a row is kept, but no query shows it.</param>
public sealed record WebhookEndpointView(
    [property: Key] WebhookEndpointId Id,
    string Url,
    string[] EventTypes,
    string? Description,
    WebhookOrdering Ordering,
    PayloadKind Payload,
    WebhookFilter[] Filters,
    string[] Headers,
    WebhookRate? Rate,
    int DisableAfterDays,
    bool Enabled,
    bool Degraded,
    DisableReason? DisabledReason,
    string? PublicKey,
    DateTimeOffset? PreviousSecretValidUntil,
    bool Deleted,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    int Version)
{
    /// <summary>A row before its first event.</summary>
    internal static WebhookEndpointView Empty(WebhookEndpointId id) => new(id, "", [], null, default, default, [], [], null, 0, Enabled: false, Degraded: false, null, null, null, Deleted: false, default, default, 0);
}

internal sealed class WebhookEndpointsProjection : Projection<WebhookEndpointView>
{
    public WebhookEndpointsProjection() : base("webhook_endpoints", version: 3, inline: true)
    {
        Fold<WebhookEndpointCreated>(e => e.WebhookEndpointId, e => e.At, (row, e) => With(row, e.Settings) with { Enabled = true, PublicKey = e.PublicKey, CreatedAt = e.At });
        Fold<WebhookEndpointUpdated>(e => e.WebhookEndpointId, e => e.At, (row, e) => With(row, e.Settings));
        Fold<WebhookEndpointEnabled>(e => e.WebhookEndpointId, e => e.At, (row, _) => row with { Enabled = true, DisabledReason = null });
        Fold<WebhookEndpointDegraded>(e => e.WebhookEndpointId, e => e.At, (row, _) => row with { Degraded = true });
        Fold<WebhookEndpointRecovered>(e => e.WebhookEndpointId, e => e.At, (row, _) => row with { Degraded = false });
        Fold<WebhookDeliveryExhausted>(e => e.WebhookEndpointId, e => e.At, (row, _) => row);
        Fold<WebhookEndpointDisabled>(e => e.WebhookEndpointId, e => e.At, (row, e) => row with { Enabled = false, Degraded = false, DisabledReason = e.Reason });
        Fold<WebhookEndpointSecretRotated>(e => e.WebhookEndpointId, e => e.At, (row, e) => row with { PublicKey = e.PublicKey, PreviousSecretValidUntil = e.PreviousValidUntil });
        Fold<WebhookEndpointDeleted>(e => e.WebhookEndpointId, e => e.At, (row, _) => row with { Deleted = true });
        Index("created_at", "id");
    }

    private void Fold<TEvent>(Func<TEvent, WebhookEndpointId> id, Func<TEvent, DateTimeOffset> at, Func<WebhookEndpointView, TEvent, WebhookEndpointView> fold)
        where TEvent : WebhookEndpointEvent =>
        On<TEvent>(e => WebhookEndpointView.Empty(id(e)), (row, e, context) => fold(row, e) with { UpdatedAt = at(e), Version = context.Version });

    private static WebhookEndpointView With(WebhookEndpointView row, WebhookEndpointSettings settings) => row with
    {
        Url = settings.Url,
        EventTypes = settings.EventTypes,
        Description = settings.Description,
        Ordering = settings.Ordering,
        Payload = settings.Payload,
        Filters = settings.Filters ?? [],
        Headers = [.. (settings.Headers ?? []).Select(header => header.Name)],
        Rate = settings.Rate,
        DisableAfterDays = settings.DisableAfterDays,
    };
}
