using FluentValidation;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Application.Orders;

/// <summary>The business's orders, newest first. <paramref name="Number"/> is the begin of an order number.</summary>
public sealed record ListOrders(
    PageRequest Page, OrderStatus? Status = null, DateTimeOffset? CreatedAfter = null, DateTimeOffset? CreatedBefore = null, string? Number = null)
    : IRequest<Page<OrderView>>;

internal sealed class ListOrdersValidator : AbstractValidator<ListOrders>
{
    public ListOrdersValidator() => RuleFor(q => q.Number).MaximumLength(50).OverridePropertyName("q");
}

internal sealed class ListOrdersHandler(IReadStore reads) : IRequestHandler<ListOrders, Page<OrderView>>
{
    public async Task<Page<OrderView>> Handle(ListOrders query, CancellationToken cancellationToken)
    {
        var name = $"orders {query.Status} {query.CreatedAfter:O} {query.CreatedBefore:O} {query.Number}";
        var after = query.Page.After(name);
        var rows = await reads.List<OrderView>(
            $"""
            select * from rm.orders where true
               {(query.Status is null ? "" : "and status = @status")}
               {(query.CreatedAfter is null ? "" : "and placed_at >= @created_after")}
               {(query.CreatedBefore is null ? "" : "and placed_at < @created_before")}
               {(query.Number is null ? "" : "and starts_with(number, @number)")}
               {(after is null ? "" : "and (placed_at, order_id) < (@placed_at, @order_id)")}
             order by placed_at desc, order_id desc limit @rows
            """,
            new
            {
                query.Status,
                query.CreatedAfter,
                query.CreatedBefore,
                query.Number,
                query.Page.Rows,
                PlacedAt = after?.Time(0),
                OrderId = after?.Id(1),
            },
            cancellationToken);
        return query.Page.Cut(rows, name, order => [order.PlacedAt, order.OrderId]);
    }
}
