using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Deliveries;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Application.Deliveries;

/// <summary>Nobody needs to come for an order that was canceled. Does nothing when no delivery is under way.</summary>
[Message("delivery.cancel", purpose: Purpose.Attend)]
public sealed record CancelDelivery(OrderId OrderId) : IRequest<Committed>;

internal sealed class CancelDeliveryHandler(ILane lane, ITenantContext context) : IRequestHandler<CancelDelivery, Committed>
{
    public Task<Committed> Handle(CancelDelivery command, CancellationToken cancellationToken) => lane.Run(
        streams => streams.OfDeliveries(context.Tenant, command.OrderId),
        (log, now) =>
        {
            if (log.LastDelivery(context.Tenant, command.OrderId) is not { IsActive: true } delivery)
            {
                return new Committed(0);
            }

            log.Append<Delivery, DeliveryEvent>(delivery.Id.Value, delivery.Cancel("order_canceled", now));
            return new Committed(log.Version(delivery.Id.Value));
        },
        cancellationToken);
}

internal sealed class CanceledOrders : Policy
{
    public CanceledOrders() : base("deliveries_of_canceled_orders") => On<OrderCanceled>(e => Schedule(new CancelDelivery(e.OrderId), e.At));
}
