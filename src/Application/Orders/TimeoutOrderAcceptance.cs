using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Application.Orders;

/// <summary>Rejects an order that the business has not answered in time, and frees what was reserved.</summary>
[Message("order.accept_timeout")]
public sealed record TimeoutOrderAcceptance(OrderId OrderId) : IRequest<Committed>;

internal sealed class TimeoutOrderAcceptanceHandler(ILane lane, IAggregates aggregates) : IRequestHandler<TimeoutOrderAcceptance, Committed>
{
    public Task<Committed> Handle(TimeoutOrderAcceptance command, CancellationToken cancellationToken) =>
        lane.Step(aggregates, command.OrderId, expectedVersion: null, (order, now) => order.TimeoutAcceptance(now), cancellationToken);
}
