using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;

namespace Mainstreet.Application.Webhooks;

/// <summary>What a replay is to send, and whether it goes on.</summary>
/// <param name="Types">Null: all that the endpoint asks for.</param>
public sealed record WebhookReplayView(
    [property: Key] WebhookReplayId Id,
    WebhookEndpointId EndpointId,
    long FromPosition,
    long ToPosition,
    string[]? Types,
    WebhookReplayStatus Status,
    DateTimeOffset RequestedAt,
    DateTimeOffset? EndedAt,
    int Version);

internal sealed class WebhookReplaysProjection : Projection<WebhookReplayView>
{
    public WebhookReplaysProjection() : base("webhook_replays", version: 1, inline: true)
    {
        Fold<WebhookReplayRequested>(e => e.WebhookReplayId, (row, e) => row with
        {
            EndpointId = e.WebhookEndpointId,
            FromPosition = e.FromPosition,
            ToPosition = e.ToPosition,
            Types = e.Types,
            RequestedAt = e.At,
        });
        Fold<WebhookReplayCompleted>(e => e.WebhookReplayId, (row, e) => row with { Status = WebhookReplayStatus.Completed, EndedAt = e.At });
        Fold<WebhookReplayCanceled>(e => e.WebhookReplayId, (row, e) => row with { Status = WebhookReplayStatus.Canceled, EndedAt = e.At });
        Index("endpoint_id", "requested_at", "id");
    }

    private void Fold<TEvent>(Func<TEvent, WebhookReplayId> id, Func<WebhookReplayView, TEvent, WebhookReplayView> fold) where TEvent : WebhookReplayEvent =>
        On<TEvent>(
            e => new(id(e), default, 0, 0, null, WebhookReplayStatus.Running, default, null, 0),
            (row, e, context) => fold(row, e) with { Version = context.Version });
}
