using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Application.Orders;

/// <summary>After a failed delivery the goods are back on the shelf.</summary>
public sealed record ReturnOrder(OrderId OrderId, int? ExpectedVersion = null) : IRequest<Committed>;

internal sealed class ReturnOrderHandler(ILane lane, IAggregates aggregates) : IRequestHandler<ReturnOrder, Committed>
{
    public Task<Committed> Handle(ReturnOrder command, CancellationToken cancellationToken) =>
        lane.Step(aggregates, command.OrderId, command.ExpectedVersion, (order, now) => order.ReturnToStore(now), cancellationToken);
}
