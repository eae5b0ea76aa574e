using Mainstreet.Domain;
using Mainstreet.Domain.Inbound;

namespace Mainstreet.Application.Inbound;

/// <summary>One thing that a provider told, without what it said.</summary>
/// <param name="Attempts">That failed, since it came in or was redriven.</param>
/// <param name="Error">Of the last one.</param>
public sealed record InboundMessageView(
    [property: Key] InboundMessageId InboundMessageId, ConnectionId ConnectionId, string Provider, string Type, string ProviderEventId, InboundStatus Status, int Attempts,
    string? Error, DateTimeOffset? OccurredAt, DateTimeOffset ReceivedAt, DateTimeOffset? RetryAt, DateTimeOffset? SettledAt, int Version);

internal sealed class InboundMessagesProjection : Projection<InboundMessageView>
{
    public InboundMessagesProjection() : base("inbound_messages", version: 1, inline: true)
    {
        Fold<InboundReceived>((row, e) => row with
        {
            ConnectionId = e.ConnectionId,
            Provider = e.Provider,
            Type = e.Type,
            ProviderEventId = e.ProviderEventId,
            OccurredAt = e.OccurredAt,
            ReceivedAt = e.At,
        });
        Fold<InboundProcessed>((row, e) => row with { Status = InboundStatus.Processed, RetryAt = null, SettledAt = e.At });
        Fold<InboundIgnored>((row, e) => row with { Status = InboundStatus.Ignored, RetryAt = null, SettledAt = e.At });
        Fold<InboundFailed>((row, e) => row with { Status = InboundStatus.Failed, Attempts = e.Attempt, Error = e.Error, RetryAt = e.RetryAt });
        Fold<InboundDeadLettered>((row, e) => row with { Status = InboundStatus.Dead, Attempts = e.Attempts, Error = e.Error, RetryAt = null });
        Fold<InboundRedriven>((row, _) => row with { Status = InboundStatus.Redriven, Attempts = 0, Error = null });
        Fold<InboundDiscarded>((row, e) => row with { Status = InboundStatus.Discarded, RetryAt = null, SettledAt = e.At });
        Index("received_at", "inbound_message_id");
        Index("status", "received_at", "inbound_message_id");
    }

    private void Fold<TEvent>(Func<InboundMessageView, TEvent, InboundMessageView> fold) where TEvent : InboundEvent => On<TEvent>(
        (_, context) => new(new(context.StreamId), default, "", "", "", InboundStatus.Received, 0, null, null, default, null, null, 0),
        (row, e, context) => fold(row, e) with { Version = context.Version });
}
