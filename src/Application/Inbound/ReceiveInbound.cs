using Mainstreet.Application.Businesses;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Application.Inbound;

/// <summary>
/// Keeps a verified notification, and has it recorded and processed: later, and once, however often the provider tells it. It is not lost any more when
/// this answers. Errors: inbound_malformed (400); business_closed (423).
/// </summary>
public sealed record ReceiveInbound(InboundPlace Place, InboundRequest Request) : IRequest<InboundReceipt>;

/// <param name="IsDuplicate">The provider has told it before.</param>
public sealed record InboundReceipt(bool IsDuplicate);

/// <summary>The part of it in the business.</summary>
internal sealed record KeepInbound(ConnectionId Connection, string Provider, InboundNotification Notification, InboundRequest Request) : IRequest<InboundReceipt>;

internal sealed class ReceiveInboundHandler(InboundProviders providers, IBusinessStates states, ITenantScopes scopes) : IRequestHandler<ReceiveInbound, InboundReceipt>
{
    public async Task<InboundReceipt> Handle(ReceiveInbound command, CancellationToken cancellationToken)
    {
        var (business, connection, provider) = command.Place;
        var notification = providers.Get(provider).Read(command.Request);
        var status = await states.Of(business, cancellationToken);
        Check.That(status.Allows(Purpose.Attend), BusinessErrors.NotOpen(status));
        return await scopes.Send(business, new KeepInbound(connection, provider, notification, command.Request), cancellationToken);
    }
}

internal sealed class KeepInboundHandler(IInboundPayloads payloads) : IRequestHandler<KeepInbound, InboundReceipt>
{
    public async Task<InboundReceipt> Handle(KeepInbound command, CancellationToken cancellationToken) =>
        new(IsDuplicate: !await payloads.Keep(command.Connection, command.Provider, command.Notification, command.Request.Body, cancellationToken));
}
