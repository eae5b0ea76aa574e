using Mainstreet.Application.Orders;
using Mainstreet.Application.Payments;
using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Privacy;
using MediatR;

namespace Mainstreet.Application.Customers;

/// <summary>The customer's orders, newest first (CUS-05). Errors: not_found (404).</summary>
public sealed record ListCustomerOrders(AccountId AccountId, PageRequest Page) : IRequest<Page<OrderView>>;

/// <summary>One of the customer's orders. Errors: not_found (404), also for somebody else's.</summary>
public sealed record GetCustomerOrder(AccountId AccountId, OrderId OrderId) : IRequest<OrderDetail>;

/// <summary>
/// Which orders are a customer's: those in the account; and those of the same customer that are in none, when the address is verified (IAM-15).
/// What was bought before an erasure is nobody's any more, whoever has the address now. An order in an account that is closed, because the customer was merged, is in none.
/// </summary>
internal static class OrdersOfCustomer
{
    public static readonly string From = $"""
        from rm.orders o left join rm.claimed_orders c on c.order_id = o.order_id and exists (select from rm.customer_accounts a where a.account_id = c.account_id)
         where o.customer_id = {SamePerson.Ids("@customer_id::uuid")}
           and (c.account_id = @account or (c.order_id is null and @verified
                and {NotErased("o.customer_id", "o.placed_at")}))
        """;

    /// <summary>In SQL, that neither the person of the parameter <c>@erasure</c> nor the entry by which something was bought was erased since. Each half has an index.</summary>
    public static string NotErased(string customer, string at) =>
        $"not exists (select from rm.erasures e where e.id = @erasure and e.erased_at >= {at}) and not exists (select from rm.erasures e where e.subject_id = {customer} and e.erased_at >= {at})";

    public static Guid Erasure(CustomerAccount account) => DataSubject.StreamOf(account.CustomerId.Value);
}

internal sealed class ListCustomerOrdersHandler(IMediator mediator, IReadStore reads) : IRequestHandler<ListCustomerOrders, Page<OrderView>>
{
    private const string List = "customer orders";

    public async Task<Page<OrderView>> Handle(ListCustomerOrders query, CancellationToken cancellationToken)
    {
        var account = (await mediator.Send(new GetCustomer(query.AccountId), cancellationToken)).State;
        var after = query.Page.After(List);
        var rows = await reads.List<OrderView>(
            $"""
            select o.* {OrdersOfCustomer.From}
               {(after is null ? "" : "and (o.placed_at, o.order_id) < (@placed_at, @order_id)")}
             order by o.placed_at desc, o.order_id desc limit @rows
            """,
            new
            {
                account.CustomerId,
                Account = account.Id,
                Verified = account.EmailVerified,
                Erasure = OrdersOfCustomer.Erasure(account),
                query.Page.Rows,
                PlacedAt = after?.Time(0),
                OrderId = after?.Id(1),
            },
            cancellationToken);
        return query.Page.Cut(rows, List, order => [order.PlacedAt, order.OrderId]);
    }
}

internal sealed class GetCustomerOrderHandler(IMediator mediator, IReadStore reads) : IRequestHandler<GetCustomerOrder, OrderDetail>
{
    public async Task<OrderDetail> Handle(GetCustomerOrder query, CancellationToken cancellationToken)
    {
        var account = (await mediator.Send(new GetCustomer(query.AccountId), cancellationToken)).State;
        var order = await reads.Find<OrderView>(
            $"select o.* {OrdersOfCustomer.From} and o.order_id = @order_id",
            new
            {
                account.CustomerId,
                Account = account.Id,
                Verified = account.EmailVerified,
                Erasure = OrdersOfCustomer.Erasure(account),
                query.OrderId,
            },
            cancellationToken) ?? throw new DomainException(DomainError.NotFound("order"));
        return new(order, await PaymentView.OfOrder(reads, order, cancellationToken));
    }
}
