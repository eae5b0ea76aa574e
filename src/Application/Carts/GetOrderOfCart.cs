using Mainstreet.Application.Customers;
using Mainstreet.Application.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Carts;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Application.Carts;

/// <summary>A cart as it is kept, to be ordered. Errors: not_found (404).</summary>
public sealed record GetCartToOrder(CartId CartId) : IRequest<Cart>;

/// <summary>
/// The order that a cart became, for whoever ordered it: a guest's cart opens to all who know its id, and its order does not. Errors: not_found (404);
/// cart_checked_out (409), also for an order that came to nothing.
/// </summary>
/// <param name="Contact">As the order was given it.</param>
public sealed record GetOrderOfCart(CartId CartId, Contact Contact) : IRequest<PlacedOrder>;

/// <summary>As <see cref="OrderReceipt"/>, of an order that was placed before: not the answer of a command.</summary>
public sealed record PlacedOrder(OrderView Order)
{
    public OrderReceipt Receipt => new(
        Order.OrderId, Order.Number, Order.Status, Order.PaymentStatus, Order.Totals, Order.PlacedAt, Order.ScheduledFor, Order.PaymentDueBy, Order.Version, Order.Coupon);
}

internal sealed class GetCartToOrderHandler(CartSteps steps) : IRequestHandler<GetCartToOrder, Cart>
{
    public Task<Cart> Handle(GetCartToOrder query, CancellationToken cancellationToken) => steps.Get(query.CartId, cancellationToken);
}

internal sealed class GetOrderOfCartHandler(CartSteps steps, IReadStore reads) : IRequestHandler<GetOrderOfCart, PlacedOrder>
{
    public async Task<PlacedOrder> Handle(GetOrderOfCart query, CancellationToken cancellationToken)
    {
        var cart = await steps.Get(query.CartId, cancellationToken);
        var order = await reads.Find<OrderView>("select * from rm.orders where order_id = @order_id", new { cart.OrderId }, cancellationToken)
            ?? throw new DomainException(DomainError.NotFound("order"));
        Check.That(!order.Status.IsReversed() && IsOf(order.Contact, query.Contact), CartErrors.CheckedOut);
        return new(order);
    }

    private static bool IsOf(Contact ordered, Contact asking) =>
        EmailAddress.Normalize(ordered.Email) == EmailAddress.Normalize(asking.Email) && CustomerWords.Digits(ordered.Phone) == CustomerWords.Digits(asking.Phone);
}
