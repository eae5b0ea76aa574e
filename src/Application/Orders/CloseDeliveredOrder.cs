using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Application.Orders;

/// <summary>Completes an order some time after it was handed over, unless that has been done by hand.</summary>
[Message("order.close")]
public sealed record CloseDeliveredOrder(OrderId OrderId) : IRequest<Committed>;

internal sealed class CloseDeliveredOrderHandler(ILane lane, IAggregates aggregates) : IRequestHandler<CloseDeliveredOrder, Committed>
{
    public Task<Committed> Handle(CloseDeliveredOrder command, CancellationToken cancellationToken) =>
        lane.Step(aggregates, command.OrderId, expectedVersion: null, (order, now) => order.Status == OrderStatus.Delivered ? order.Close(now) : [], cancellationToken);
}
