using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Application.Orders;

/// <summary>The customer takes a pickup order away and pays what is due in cash. Errors: cash_mismatch (422).</summary>
public sealed record CollectOrder(OrderId OrderId, Money? CashCollected = null, int? ExpectedVersion = null) : IRequest<Committed>;

internal sealed class CollectOrderHandler(ILane lane, IAggregates aggregates) : IRequestHandler<CollectOrder, Committed>
{
    public Task<Committed> Handle(CollectOrder command, CancellationToken cancellationToken) =>
        lane.Step(aggregates, command.OrderId, command.ExpectedVersion, (order, now) => order.Collect(command.CashCollected, now), cancellationToken);
}
