using Mainstreet.Application.Payments;
using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Orders;

/// <summary>An order as its business sees it. Errors: not_found (404).</summary>
public sealed record GetOrder(OrderId OrderId) : IRequest<OrderDetail>;

/// <param name="Payment">Null for an order that is paid in cash, or whose payment is not initiated yet.</param>
public sealed record OrderDetail(OrderView Order, PaymentView? Payment);

internal sealed class GetOrderHandler(IReadStore reads) : IRequestHandler<GetOrder, OrderDetail>
{
    public async Task<OrderDetail> Handle(GetOrder query, CancellationToken cancellationToken)
    {
        var order = await reads.Find<OrderView>("select * from rm.orders where order_id = @order_id", new { query.OrderId }, cancellationToken)
            ?? throw new DomainException(DomainError.NotFound("order"));
        return new(order, await PaymentView.OfOrder(reads, order, cancellationToken));
    }
}
