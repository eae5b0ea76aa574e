using Mainstreet.Domain;
using Mainstreet.Domain.Payouts;

namespace Mainstreet.Application.Payouts;

/// <summary>A payout of the business, as it stands (PAY-05). Its figures are there when its period is over.</summary>
/// <param name="Net">What is to be paid.</param>
/// <param name="CarriedOver">What is missing, and the next period begins with.</param>
/// <param name="Lines">How many are on the statement.</param>
public sealed record PayoutView(
    [property: Key] PayoutId PayoutId,
    int Version,
    PayeeType PayeeType,
    Guid PayeeId,
    int Number,
    string Currency,
    DateTimeOffset PeriodFrom,
    DateTimeOffset PeriodUntil,
    PayoutStatus Status,
    PayoutStatus? HeldFrom,
    string? HoldReason,
    Money Opening,
    Money Gross,
    Money Refunds,
    Money PlatformFees,
    Money DriverPayments,
    Money Adjustments,
    Money Net,
    Money CarriedOver,
    int Lines,
    int Attempts,
    string? Provider,
    string? Reference,
    string? FailureReason,
    string? ReversalReason,
    DateTimeOffset OpenedAt,
    DateTimeOffset? CalculatedAt,
    DateTimeOffset? PaidAt,
    DateTimeOffset UpdatedAt)
{
    internal static PayoutView Empty(PayoutId id)
    {
        var none = Money.Zero("");
        return new(
            id, 0, default, default, 0, "", default, default, default, null, null, none, none, none, none, none, none, none, none, 0, 0, null, null, null, null, default, null, null,
            default);
    }
}

internal sealed class PayoutProjection : Projection<PayoutView>
{
    public PayoutProjection() : base("payouts", version: 1, inline: true)
    {
        Fold<PayoutOpened>(e => e.PayoutId, e => e.At, (_, e) => Opened(e));
        Fold<PayoutCalculated>(e => e.PayoutId, e => e.At, (payout, e) => payout with
        {
            Status = e.Net.Amount > 0 ? PayoutStatus.Pending : PayoutStatus.CarriedOver,
            Gross = e.Gross,
            Refunds = e.Refunds,
            PlatformFees = e.PlatformFees,
            DriverPayments = e.DriverPayments,
            Adjustments = e.Adjustments,
            Net = e.Net,
            CarriedOver = e.CarriedOver,
            Lines = e.Lines,
            CalculatedAt = e.At,
        });
        Fold<PayoutApproved>(e => e.PayoutId, e => e.At, (payout, _) => payout with { Status = PayoutStatus.Approved });
        Fold<PayoutHeld>(e => e.PayoutId, e => e.At, (payout, e) => payout with { HeldFrom = payout.Status, Status = PayoutStatus.Held, HoldReason = e.Reason });
        Fold<PayoutHoldReleased>(e => e.PayoutId, e => e.At, (payout, _) => payout with { Status = payout.HeldFrom!.Value, HeldFrom = null, HoldReason = null });
        Fold<PayoutProcessingStarted>(e => e.PayoutId, e => e.At, (payout, e) =>
            payout with { Status = PayoutStatus.Processing, Attempts = e.Attempt, Provider = e.Provider, FailureReason = null });
        Fold<PayoutPaid>(e => e.PayoutId, e => e.At, (payout, e) => payout with { Status = PayoutStatus.Paid, Reference = e.Reference, PaidAt = e.At });
        Fold<PayoutFailed>(e => e.PayoutId, e => e.At, (payout, e) => payout with { Status = PayoutStatus.Failed, FailureReason = e.Reason });
        Fold<PayoutReversed>(e => e.PayoutId, e => e.At, (payout, e) => payout with { Status = PayoutStatus.Reversed, ReversalReason = e.Reason });
        Fold<PayoutAdjusted>(e => e.PayoutId, e => e.At, (payout, e) => payout.Status == PayoutStatus.Accruing
            ? payout
            : payout with { Adjustments = payout.Adjustments + e.Amount, Net = payout.Net + e.Amount, Lines = payout.Lines + 1 });
        Index("period_until desc", "payout_id desc");
        Index("status", "period_until desc", "payout_id desc");
    }

    private void Fold<TEvent>(Func<TEvent, PayoutId> id, Func<TEvent, DateTimeOffset> at, Func<PayoutView, TEvent, PayoutView> fold) where TEvent : PayoutEvent =>
        On<TEvent>(e => PayoutView.Empty(id(e)), (payout, e, context) => fold(payout, e) with { Version = context.Version, UpdatedAt = at(e) });

    private static PayoutView Opened(PayoutOpened e)
    {
        var none = Money.Zero(e.Opening.Currency);
        return PayoutView.Empty(e.PayoutId) with
        {
            PayeeType = e.PayeeType,
            PayeeId = e.PayeeId,
            Number = e.Number,
            Currency = e.Opening.Currency,
            PeriodFrom = e.PeriodFrom,
            PeriodUntil = e.PeriodUntil,
            Opening = e.Opening,
            Gross = none,
            Refunds = none,
            PlatformFees = none,
            DriverPayments = none,
            Adjustments = none,
            Net = none,
            CarriedOver = none,
            OpenedAt = e.At,
        };
    }
}
