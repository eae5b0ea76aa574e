using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Application.Orders;

/// <summary>The goods wait for the driver or the customer.</summary>
public sealed record MarkOrderReady(OrderId OrderId, int? ExpectedVersion = null) : IRequest<Committed>;

internal sealed class MarkOrderReadyHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<MarkOrderReady, Committed>
{
    public Task<Committed> Handle(MarkOrderReady command, CancellationToken cancellationToken) => aggregates.Update<Order, OrderEvent>(
        command.OrderId.Value, command.ExpectedVersion, order => order.MarkReady(clock.GetUtcNow()), cancellationToken);
}
