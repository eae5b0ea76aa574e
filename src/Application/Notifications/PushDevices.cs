using Mainstreet.Application.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Notifications;
using MediatR;

namespace Mainstreet.Application.Notifications;

/// <summary>
/// Whoever holds an order's tracking token wants to be told of its steps in this browser. Errors: push_subscription_invalid, url_invalid (400);
/// not_found (404); too_many_push_subscriptions (409); push_not_configured, https_required, port_refused, address_refused (422).
/// </summary>
public sealed record SubscribeToOrder(OrderId OrderId, string Token, string Endpoint, string P256dh, string Auth) : IRequest<Committed>
{
    public override string ToString() => nameof(SubscribeToOrder);
}

/// <summary>No more. Errors: not_found (404).</summary>
public sealed record UnsubscribeFromOrder(OrderId OrderId, string Token, Guid SubscriptionId) : IRequest<Committed>
{
    public override string ToString() => nameof(UnsubscribeFromOrder);
}

/// <summary>With which a browser subscribes. Errors: not_found (404), push_not_configured (422).</summary>
public sealed record GetPushKey(OrderId OrderId, string Token) : IRequest<string>
{
    public override string ToString() => nameof(GetPushKey);
}

/// <summary>The browsers in which an order is followed.</summary>
public sealed class PushDevices(IAggregates aggregates)
{
    public async Task<IReadOnlyList<PushDevice>> Of(OrderId order, CancellationToken cancellationToken) =>
    [
        .. ((await aggregates.Find<PushSubscriptions, PushSubscriptionEvent>(PushSubscriptions.StreamOf(order), cancellationToken))?.State.All ?? [])
            .Where(one => Uri.TryCreate(one.Endpoint, UriKind.Absolute, out _)) // not those that were erased
            .Select(one => new PushDevice(one.Endpoint, one.P256dh, one.Auth)),
    ];
}

internal sealed class SubscribeToOrderHandler(ILane lane, IMediator mediator, IPushSender push, IWebhookTransport transport) :
    IRequestHandler<SubscribeToOrder, Committed>, IRequestHandler<UnsubscribeFromOrder, Committed>, IRequestHandler<GetPushKey, string>
{
    public async Task<string> Handle(GetPushKey query, CancellationToken cancellationToken)
    {
        await mediator.Send(new TrackOrder(query.OrderId, query.Token), cancellationToken);
        return push.PublicKey ?? throw new DomainException(PushErrors.NotOffered);
    }

    public async Task<Committed> Handle(SubscribeToOrder command, CancellationToken cancellationToken)
    {
        var order = (await mediator.Send(new TrackOrder(command.OrderId, command.Token), cancellationToken)).Order;
        Check.That(push.PublicKey is not null, PushErrors.NotOffered);
        Check.That(push.CanReach(new(command.Endpoint, command.P256dh, command.Auth)), PushErrors.Invalid);
        if (transport.Check(command.Endpoint, sandbox: false) is { } error)
        {
            throw new DomainException(error with { Place = "/endpoint" });
        }

        var id = PushSubscriptions.StreamOf(command.OrderId);
        return await lane.Change<PushSubscriptions, PushSubscriptionEvent>(
            id, expectedVersion: null, (known, now) => PushSubscriptions.Add(known, order.OrderId, order.CustomerId, command.Endpoint, command.P256dh, command.Auth, now), cancellationToken);
    }

    public async Task<Committed> Handle(UnsubscribeFromOrder command, CancellationToken cancellationToken)
    {
        await mediator.Send(new TrackOrder(command.OrderId, command.Token), cancellationToken);
        var id = PushSubscriptions.StreamOf(command.OrderId);
        return await lane.Change<PushSubscriptions, PushSubscriptionEvent>(
            id, expectedVersion: null, (known, now) => PushSubscriptions.Remove(known, command.SubscriptionId, now), cancellationToken);
    }
}
