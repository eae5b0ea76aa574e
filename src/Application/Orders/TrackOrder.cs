using Mainstreet.Application.Payments;
using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Orders;

/// <summary>
/// An order as whoever holds its tracking token sees it (ORD-07, IAM-15). Errors: not_found (404), also for the token of
/// another order.
/// </summary>
public sealed record TrackOrder(OrderId OrderId, string Token) : IRequest<OrderDetail>;

internal sealed class TrackOrderHandler(IReadStore reads) : IRequestHandler<TrackOrder, OrderDetail>
{
    public async Task<OrderDetail> Handle(TrackOrder query, CancellationToken cancellationToken)
    {
        var order = await reads.Find<OrderView>(
            "select * from rm.orders where order_id = @order_id and tracking_token_hash = @hash",
            new { query.OrderId, Hash = TrackingToken.Hash(query.Token) }, cancellationToken)
            ?? throw new DomainException(DomainError.NotFound("order"));
        return new(order, await PaymentView.OfOrder(reads, order, cancellationToken));
    }
}
