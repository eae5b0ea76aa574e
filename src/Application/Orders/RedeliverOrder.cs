using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Application.Orders;

/// <summary>After a failed delivery the goods are ready for another one.</summary>
public sealed record RedeliverOrder(OrderId OrderId, int? ExpectedVersion = null) : IRequest<Committed>;

internal sealed class RedeliverOrderHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<RedeliverOrder, Committed>
{
    public Task<Committed> Handle(RedeliverOrder command, CancellationToken cancellationToken) => aggregates.Update<Order, OrderEvent>(
        command.OrderId.Value, command.ExpectedVersion, order => order.RequestRedelivery(clock.GetUtcNow()), cancellationToken);
}
