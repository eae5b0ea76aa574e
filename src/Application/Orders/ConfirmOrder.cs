using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Application.Orders;

/// <summary>The business takes the order on, for <paramref name="PromisedAt"/> or the time it was wanted for. Errors: in_the_past (422).</summary>
public sealed record ConfirmOrder(OrderId OrderId, DateTimeOffset? PromisedAt = null, int? ExpectedVersion = null) : IRequest<Committed>;

internal sealed class ConfirmOrderHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<ConfirmOrder, Committed>
{
    public Task<Committed> Handle(ConfirmOrder command, CancellationToken cancellationToken) => aggregates.Update<Order, OrderEvent>(
        command.OrderId.Value, command.ExpectedVersion, order => order.Confirm(command.PromisedAt, clock.GetUtcNow()), cancellationToken);
}
