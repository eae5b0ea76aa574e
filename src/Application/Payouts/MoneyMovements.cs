using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Payments;
using Mainstreet.Domain.Payouts;
using Mainstreet.Domain.Pos;

namespace Mainstreet.Application.Payouts;

public enum MovementKind
{
    Payment,
    Refund,
    Fee,
}

/// <summary>Money that a customer paid or has back, and fees, whoever has it: what the financial summary adds up (PAY-07).</summary>
/// <param name="Method">card, cash, wallet, transfer, voucher; fee.</param>
public sealed record MoneyMovement(
    [property: Key] Guid MovementId, [property: Key] string Method, MovementKind Kind, TransactionKind Source, Money Amount, DateTimeOffset At);

internal sealed class MoneyMovements : Projection<MoneyMovement>
{
    private const string Card = "card";
    private const string Cash = "cash";
    private const string Fee = "fee";

    public MoneyMovements() : base("money_movements", version: 1)
    {
        On<PaymentCaptured>(e => new(e.PaymentId.Value, Card, MovementKind.Payment, TransactionKind.CardPayment, e.Amount, e.At), (row, _) => row);
        On<PaymentRefunded>(e => new(e.RefundId.Value, Card, MovementKind.Refund, TransactionKind.CardPayment, e.Amount, e.At), (row, _) => row);
        On<PaymentRefundFailed>(e => new(e.RefundId.Value, Card, MovementKind.Refund, TransactionKind.CardPayment, e.Amount, e.At), (_, _) => null);
        On<PaymentDisputeResolved>(
            e => new(Uuid.Named("dispute", e.PaymentId.ToString(), e.Dispute), Card, MovementKind.Refund, TransactionKind.CardPayment, e.Amount, e.At),
            (row, e) => e.Won ? null : row);
        On<OrderDelivered>(e => OfCash(e.OrderId, e.CashCollected, e.At), (row, e) => e.CashCollected is { Amount: > 0 } ? row : null);
        On<OrderCollected>(e => OfCash(e.OrderId, e.CashCollected, e.At), (row, e) => e.CashCollected is { Amount: > 0 } ? row : null);
        OnEach<SaleRungUp, SalePayment>(e => ByMethod(e.Payments), (e, paid) => OfTill(e.SaleId.Value, MovementKind.Payment, paid, e.At), (row, _, _) => row);
        OnEach<SalePaid, SalePayment>( // what is due gets less with every payment, so it tells them apart
            e => ByMethod(e.Payments), (e, paid) => OfTill(Uuid.Named("paid", e.SaleId.ToString(), e.Due.ToString()), MovementKind.Payment, paid, e.At), (row, _, _) => row);
        OnEach<SaleVoided, SalePayment>(
            e => ByMethod(e.Refunds), (e, back) => OfTill(Uuid.Named("voided", e.SaleId.ToString()), MovementKind.Refund, back, e.At), (row, _, _) => row);
        OnEach<SaleReturned, SalePayment>(
            e => ByMethod(e.Refunds), (e, back) => OfTill(Uuid.Named("returned", e.SaleId.ToString(), e.ReturnNumber), MovementKind.Refund, back, e.At), (row, _, _) => row);
        On<FeeCharged>((e, context) => new(context.EventId, Fee, MovementKind.Fee, e.Transaction.Kind, e.Amount, e.At), (row, _, _) => row);
        On<FeeReversed>((e, context) => new(context.EventId, Fee, MovementKind.Fee, e.Transaction.Kind, -e.Amount, e.At), (row, _, _) => row);
        On<FeeReinstated>((e, context) => new(context.EventId, Fee, MovementKind.Fee, e.Transaction.Kind, e.Amount, e.At), (row, _, _) => row);
        Index("at");
    }

    private static MoneyMovement OfCash(OrderId order, Money? cash, DateTimeOffset at) =>
        new(order.Value, Cash, MovementKind.Payment, TransactionKind.CashOrder, cash ?? Money.Zero(""), at);

    private static MoneyMovement OfTill(Guid id, MovementKind kind, SalePayment payment, DateTimeOffset at) =>
        new(id, payment.Method.ToString().ToLowerInvariant(), kind, TransactionKind.TillSale, payment.Amount, at);

    private static IEnumerable<SalePayment> ByMethod(SalePayment[] payments) => payments.GroupBy(payment => payment.Method)
        .Select(same => same.First() with { Amount = same.Skip(1).Aggregate(same.First().Amount, (sum, payment) => sum + payment.Amount) });
}
