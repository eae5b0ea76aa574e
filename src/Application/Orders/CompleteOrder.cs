using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Application.Orders;

/// <summary>Closes a delivered order before it closes by itself.</summary>
public sealed record CompleteOrder(OrderId OrderId, int? ExpectedVersion = null) : IRequest<Committed>;

internal sealed class CompleteOrderHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<CompleteOrder, Committed>
{
    public Task<Committed> Handle(CompleteOrder command, CancellationToken cancellationToken) => aggregates.Update<Order, OrderEvent>(
        command.OrderId.Value, command.ExpectedVersion, order => order.Close(clock.GetUtcNow()), cancellationToken);
}
