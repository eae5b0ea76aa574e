using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Application.Orders;

/// <summary>Cancels an order that is still unpaid when its payment was due, and frees what was reserved.</summary>
[Message("order.payment_expire")]
public sealed record ExpireOrderPayment(OrderId OrderId) : IRequest<Committed>;

internal sealed class ExpireOrderPaymentHandler(ILane lane, IAggregates aggregates) : IRequestHandler<ExpireOrderPayment, Committed>
{
    public Task<Committed> Handle(ExpireOrderPayment command, CancellationToken cancellationToken) =>
        lane.Step(aggregates, command.OrderId, expectedVersion: null, (order, now) => order.ExpirePayment(now), cancellationToken);
}
