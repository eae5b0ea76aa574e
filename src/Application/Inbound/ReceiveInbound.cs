using Mainstreet.Domain;
using Mainstreet.Domain.Inbound;
using MediatR;

namespace Mainstreet.Application.Inbound;

/// <summary>
/// Keeps a verified notification, and has it processed: later, and once, however often the provider tells it. Its commit stands when this answers. Errors:
/// inbound_malformed (400).
/// </summary>
public sealed record ReceiveInbound(InboundPlace Place, InboundRequest Request) : IRequest<InboundReceipt>;

/// <param name="IsDuplicate">The provider has told it before.</param>
public sealed record InboundReceipt(InboundMessageId Id, bool IsDuplicate, int Version) : Committed(Version);

/// <summary>The part of it in the business.</summary>
internal sealed record RecordInbound(ConnectionId Connection, string Provider, InboundNotification Notification, InboundRequest Request) : IRequest<InboundReceipt>;

internal sealed class ReceiveInboundHandler(InboundProviders providers, ITenantScopes scopes) : IRequestHandler<ReceiveInbound, InboundReceipt>
{
    public Task<InboundReceipt> Handle(ReceiveInbound command, CancellationToken cancellationToken)
    {
        var notification = providers.Get(command.Place.Provider).Read(command.Request);
        return scopes.Send(command.Place.Business, new RecordInbound(command.Place.Connection, command.Place.Provider, notification, command.Request), cancellationToken);
    }
}

internal sealed class RecordInboundHandler(IAggregates aggregates, IInboundPayloads payloads, TimeProvider clock) : IRequestHandler<RecordInbound, InboundReceipt>
{
    public async Task<InboundReceipt> Handle(RecordInbound command, CancellationToken cancellationToken)
    {
        var (eventId, type, occurredAt) = command.Notification;
        var id = InboundMessage.IdOf(command.Connection, eventId);

        // first, so that there is no message without it; what remains of a commit that failed is found by the provider's next try, or goes after 30 days
        await payloads.Keep(id, command.Request.Body, cancellationToken);
        try
        {
            var committed = await aggregates.Create<InboundMessage, InboundEvent>(
                id.Value, () => [new InboundReceived(id, command.Connection, command.Provider, type, eventId, occurredAt, clock.GetUtcNow())], cancellationToken);
            return new(id, IsDuplicate: false, committed.Version) { Position = committed.Position };
        }
        catch (DomainException e) when (e.Error.Code == DomainError.AlreadyExists("").Code)
        {
            return new(id, IsDuplicate: true, 0);
        }
    }
}
