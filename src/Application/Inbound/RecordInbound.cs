using Mainstreet.Domain;
using Mainstreet.Domain.Inbound;
using MediatR;

namespace Mainstreet.Application.Inbound;

/// <summary>
/// Gets what was told and kept into the log, up to 100 at once: a burst is a few commits. What nothing follows from is settled in the same commit. Killed
/// behind it, the next attempt finds the streams.
/// </summary>
public sealed record RecordInbound : IRequest<RecordedInbound>;

/// <param name="HasMore">Whether to ask again at once.</param>
public sealed record RecordedInbound(bool HasMore, int Version) : Committed(Version);

internal sealed class RecordInboundHandler(ILane lane, IInboundPayloads payloads, InboundHandlers handlers) : IRequestHandler<RecordInbound, RecordedInbound>
{
    private const int AtOnce = 100;

    public async Task<RecordedInbound> Handle(RecordInbound command, CancellationToken cancellationToken)
    {
        var waiting = await payloads.Waiting(AtOnce, cancellationToken);
        if (waiting is [])
        {
            return new(HasMore: false, 0);
        }

        List<InboundMessageId> unwanted = [];
        var recorded = await lane.Run(
            streams => streams.Of<InboundMessage>(waiting.Select(kept => kept.MessageId.Value)),
            (log, now) =>
            {
                unwanted = [.. waiting.Where(kept => log.Find<InboundMessage>(kept.MessageId.Value) is { Status: InboundStatus.Discarded }).Select(kept => kept.MessageId)];
                foreach (var kept in waiting.Where(kept => log.Find<InboundMessage>(kept.MessageId.Value) is null))
                {
                    Record(log, kept, now);
                }

                return new RecordedInbound(waiting.Count == AtOnce, 0);
            },
            cancellationToken);
        await payloads.Recorded(waiting.Select(kept => kept.MessageId), unwanted, cancellationToken);
        return recorded;
    }

    private void Record(ILaneLog log, KeptNotification kept, DateTimeOffset now)
    {
        var stream = kept.MessageId.Value;
        log.Append<InboundMessage, InboundEvent>(
            stream, new InboundReceived(kept.MessageId, kept.ConnectionId, kept.Provider, kept.Type, kept.EventId, kept.OccurredAt, kept.ToldAt));
        if (handlers.Find(kept.Provider, kept.Type) is null)
        {
            log.Append<InboundMessage, InboundEvent>(stream, log.Get<InboundMessage>(stream).Finish(hasEffect: false, now));
        }
        else
        {
            var attempt = ProcessInbound.Of(kept.MessageId, kept.Provider);
            log.Schedule(attempt, now, attempt.DedupeKey);
        }
    }
}
