using Mainstreet.Domain;
using Mainstreet.Domain.Inbound;
using MediatR;

namespace Mainstreet.Application.Inbound;

/// <summary>Has a dead message processed, with five attempts more. Errors: not_found (404), illegal_transition (409).</summary>
public sealed record RedriveInboundMessage(InboundMessageId Id) : IRequest<Committed>;

/// <summary>Has a message given up for good, and removes what it carried. Errors as for <see cref="RedriveInboundMessage"/>.</summary>
public sealed record DiscardInboundMessage(InboundMessageId Id) : IRequest<Committed>;

internal sealed class SettleInboundMessageHandler(IAggregates aggregates, IInboundPayloads payloads, TimeProvider clock) :
    IRequestHandler<RedriveInboundMessage, Committed>, IRequestHandler<DiscardInboundMessage, Committed>
{
    public Task<Committed> Handle(RedriveInboundMessage command, CancellationToken cancellationToken) =>
        aggregates.Update<InboundMessage, InboundEvent>(command.Id.Value, expectedVersion: null, message => message.Redrive(clock.GetUtcNow()), cancellationToken);

    public async Task<Committed> Handle(DiscardInboundMessage command, CancellationToken cancellationToken)
    {
        var committed = await aggregates.Update<InboundMessage, InboundEvent>(
            command.Id.Value, expectedVersion: null, message => message.Discard(clock.GetUtcNow()), cancellationToken);
        await payloads.Remove(command.Id);
        return committed;
    }
}
