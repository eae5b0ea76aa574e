using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Pos;

namespace Mainstreet.Application.Pos;

/// <summary>A sale at a till (POS-01).</summary>
/// <param name="SoldAt">When it was rung up, by the clock of the till where that was offline.</param>
public sealed record SaleView(
    [property: Key] SaleId SaleId,
    int Version,
    string? ClientId,
    string Number,
    RegisterId RegisterId,
    RegisterSessionId SessionId,
    SaleStatus Status,
    PaymentStatus PaymentStatus,
    OrderChannel Channel,
    CustomerId? CustomerId,
    SaleLine[] Lines,
    Money Subtotal,
    Money Discount,
    Money Tax,
    bool TaxIncluded,
    Money Total,
    Money Due,
    SalePayment[] Payments,
    Money Refunded,
    SaleReturn[] Returns,
    DateOnly BusinessDate,
    string? DiscountReason,
    string? VoidReason,
    string? Note,
    OfflineSale? Offline,
    Actor SoldBy,
    DateTimeOffset SoldAt,
    DateTimeOffset RecordedAt,
    DateTimeOffset UpdatedAt)
{
    public SaleTotals Totals => new(Subtotal, Discount, Tax, TaxIncluded, Total);

    public TaxTotal[] Taxes => SaleLine.Taxes(Lines, TaxIncluded);

    public string[] AllowedTransitions => Sale.TransitionsFrom(Status);

    /// <summary>A row before its first event.</summary>
    internal static SaleView Empty(SaleId id)
    {
        var nothing = Money.Zero("");
        return new(
            id, 0, null, "", default, default, default, default, default, null, [], nothing, nothing, nothing, false, nothing, nothing, [], nothing, [],
            default, null, null, null, null, Actor.System, default, default, default);
    }
}

/// <param name="Number">Of its own receipt, in the series of the till where the goods were taken back.</param>
public sealed record SaleReturn(
    string Number, RegisterSessionId SessionId, ReturnedLine[] Lines, Money Total, SalePayment[] Refunds, string? Reason, DateTimeOffset At);

internal sealed class SalesProjection : Projection<SaleView>
{
    public SalesProjection() : base("sales", version: 2, inline: true)
    {
        On<SaleRungUp>(e => SaleView.Empty(e.SaleId), RungUp);
        On<SalePaid>(e => SaleView.Empty(e.SaleId), (sale, e, context) => Changed(sale with { Payments = [.. sale.Payments, .. e.Payments], Due = e.Due }, Sale.StatusOf(e.Due), e.At, context));
        On<SaleVoided>(e => SaleView.Empty(e.SaleId), (sale, e, context) => Changed(
            sale with { VoidReason = e.Reason, Due = Money.Zero(sale.Due.Currency), Refunded = Sum(e.Refunds, sale.Refunded) }, SaleStatus.Voided, e.At, context));
        On<SaleReturned>(e => SaleView.Empty(e.SaleId), (sale, e, context) => Changed(
            sale with
            {
                Due = e.Due,
                Refunded = Sum(e.Refunds, sale.Refunded),
                Returns = [.. sale.Returns, new(e.ReturnNumber, e.SessionId, e.Lines, e.Total, e.Refunds, e.Reason, e.At)],
            },
            e.Complete ? SaleStatus.Returned : Sale.StatusOf(e.Due), e.At, context));
        Index("sold_at desc", "sale_id desc");
        Index("session_id", "sold_at desc", "sale_id desc");
        Index("customer_id", "sold_at desc", "sale_id desc");
        Index("number");
        IndexWhere("payment_status = 'pending'", "sold_at desc", "sale_id desc");
    }

    private static SaleView RungUp(SaleView sale, SaleRungUp e, FoldContext context) => Changed(
        new(
            e.SaleId, context.Version, e.ClientId, e.Number, e.RegisterId, e.SessionId, default, default, e.Channel, e.CustomerId, e.Lines, e.Subtotal, e.Discount,
            e.Tax, e.TaxIncluded, e.Total, e.Due, e.Payments, Money.Zero(e.Total.Currency), [], e.BusinessDate, e.DiscountReason, null, e.Note, e.Offline,
            context.Actor, e.Offline?.OccurredAt ?? e.At, e.At, e.At),
        Sale.StatusOf(e.Due), e.At, context);

    private static SaleView Changed(SaleView sale, SaleStatus status, DateTimeOffset at, FoldContext context) =>
        sale with { Version = context.Version, Status = status, PaymentStatus = StatusOf(sale, status), UpdatedAt = at };

    private static PaymentStatus StatusOf(SaleView sale, SaleStatus status) => (status, sale) switch
    {
        (SaleStatus.Voided, _) => PaymentStatus.Voided,
        (SaleStatus.PendingPayment, _) => PaymentStatus.Pending,
        (SaleStatus.Returned, { Refunded.Amount: 0 }) => PaymentStatus.Voided, // it was never paid
        (SaleStatus.Returned, _) => PaymentStatus.Refunded,
        (_, { Refunded.Amount: > 0 }) => PaymentStatus.PartiallyRefunded,
        _ => PaymentStatus.Paid,
    };

    private static Money Sum(SalePayment[] refunds, Money before) => refunds.Aggregate(before, (sum, refund) => sum + refund.Amount);
}
