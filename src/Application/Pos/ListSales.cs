using FluentValidation;
using Mainstreet.Application.Customers;
using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Pos;
using MediatR;

namespace Mainstreet.Application.Pos;

/// <summary>Sales at the tills, the newest first (POS-03).</summary>
/// <param name="PaymentStatus">pending: what is still to be paid.</param>
/// <param name="Number">Of a receipt, in full.</param>
public sealed record ListSales(
    PageRequest Page,
    SaleStatus? Status = null,
    PaymentStatus? PaymentStatus = null,
    RegisterSessionId? SessionId = null,
    CustomerId? CustomerId = null,
    DateTimeOffset? SoldAfter = null,
    DateTimeOffset? SoldBefore = null,
    string? Number = null) : IRequest<Page<SaleView>>
{
    /// <summary>A partial index is found by its own words alone, so the pending ones are asked for in them.</summary>
    internal string Sql(bool goesOn) =>
        $"""
        select * from rm.sales where true
           {(Status is null ? "" : "and status = @status")}
           {(PaymentStatus switch { null => "", Domain.Orders.PaymentStatus.Pending => "and payment_status = 'pending'", _ => "and payment_status = @payment_status" })}
           {(SessionId is null ? "" : "and session_id = @session_id")}
           {(CustomerId is null ? "" : $"and customer_id = {SamePerson.Ids("@customer_id::uuid")}")}
           {(SoldAfter is null ? "" : "and sold_at >= @sold_after")}
           {(SoldBefore is null ? "" : "and sold_at < @sold_before")}
           {(Number is null ? "" : "and number = @number")}
           {(goesOn ? "and (sold_at, sale_id) < (@sold_at, @sale_id)" : "")}
         order by sold_at desc, sale_id desc limit @rows
        """;
}

internal sealed class ListSalesValidator : AbstractValidator<ListSales>
{
    public ListSalesValidator() => RuleFor(q => q.Number).MaximumLength(50).OverridePropertyName("q");
}

internal sealed class ListSalesHandler(IReadStore reads) : IRequestHandler<ListSales, Page<SaleView>>
{
    public async Task<Page<SaleView>> Handle(ListSales query, CancellationToken cancellationToken)
    {
        var list = $"sales {query.Status} {query.PaymentStatus} {query.SessionId} {query.CustomerId} {query.SoldAfter:O} {query.SoldBefore:O} {query.Number}";
        var after = query.Page.After(list);
        var rows = await reads.List<SaleView>(
            query.Sql(goesOn: after is not null),
            new
            {
                query.Status,
                query.PaymentStatus,
                query.SessionId,
                query.CustomerId,
                query.SoldAfter,
                query.SoldBefore,
                query.Number,
                query.Page.Rows,
                SoldAt = after?.Time(0),
                SaleId = after?.Id(1),
            },
            cancellationToken);
        return query.Page.Cut(rows, list, sale => [sale.SoldAt, sale.SaleId]);
    }
}

/// <summary>Errors: not_found (404).</summary>
public sealed record GetSale(SaleId SaleId) : IRequest<SaleView>;

internal sealed class GetSaleHandler(IReadStore reads) : IRequestHandler<GetSale, SaleView>
{
    public async Task<SaleView> Handle(GetSale query, CancellationToken cancellationToken) =>
        await reads.Find<SaleView>("select * from rm.sales where sale_id = @sale_id", new { query.SaleId }, cancellationToken)
        ?? throw new DomainException(DomainError.NotFound("sale"));
}
