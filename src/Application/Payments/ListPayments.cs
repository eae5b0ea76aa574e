using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Payments;
using MediatR;

namespace Mainstreet.Application.Payments;

/// <summary>The business's payments, newest first (PAY-01).</summary>
public sealed record ListPayments(
    PageRequest Page, PaymentState? Status = null, string? Provider = null, OrderId? OrderId = null, DateTimeOffset? CreatedAfter = null,
    DateTimeOffset? CreatedBefore = null) : IRequest<Page<PaymentView>>;

/// <summary>Errors: not_found (404).</summary>
public sealed record GetPayment(PaymentId PaymentId) : IRequest<PaymentView>;

internal sealed class ListPaymentsValidator : AbstractValidator<ListPayments>
{
    public ListPaymentsValidator() => RuleFor(q => q.Provider).MaximumLength(50);
}

internal sealed class ListPaymentsHandler(IReadStore reads) : IRequestHandler<ListPayments, Page<PaymentView>>, IRequestHandler<GetPayment, PaymentView>
{
    public async Task<Page<PaymentView>> Handle(ListPayments query, CancellationToken cancellationToken)
    {
        var list = $"payments {query.Status} {query.Provider} {query.OrderId} {query.CreatedAfter:O} {query.CreatedBefore:O}";
        var after = query.Page.After(list);
        var rows = await reads.List<PaymentView>(
            $"""
            select * from rm.payments where true
               {(query.Status is null ? "" : "and status = @status")}
               {(query.Provider is null ? "" : "and provider = @provider")}
               {(query.OrderId is null ? "" : "and order_id = @order_id")}
               {(query.CreatedAfter is null ? "" : "and initiated_at >= @created_after")}
               {(query.CreatedBefore is null ? "" : "and initiated_at < @created_before")}
               {(after is null ? "" : "and (initiated_at, payment_id) < (@initiated_at, @payment_id)")}
             order by initiated_at desc, payment_id desc limit @rows
            """,
            new
            {
                query.Status,
                query.Provider,
                query.OrderId,
                query.CreatedAfter,
                query.CreatedBefore,
                query.Page.Rows,
                InitiatedAt = after?.Time(0),
                PaymentId = after?.Id(1),
            },
            cancellationToken);
        return query.Page.Cut(rows, list, payment => [payment.InitiatedAt, payment.PaymentId]);
    }

    public async Task<PaymentView> Handle(GetPayment query, CancellationToken cancellationToken) =>
        await reads.Find<PaymentView>("select * from rm.payments where payment_id = @payment_id", new { query.PaymentId }, cancellationToken)
        ?? throw new DomainException(PaymentErrors.NotFound);
}
