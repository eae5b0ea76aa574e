using Mainstreet.Application.Payouts;
using Mainstreet.Domain;
using Mainstreet.Domain.Payouts;

namespace Mainstreet.Api.Payouts;

/// <summary>What is paid for a period, in one currency. Its figures are there when the period is over.</summary>
/// <param name="Number">Of the payee's payouts in this currency, from 1 on.</param>
/// <param name="Opening">Carried over from before: nothing, or less.</param>
/// <param name="Gross">What the platform's provider collected.</param>
/// <param name="Refunds">What went back of it, by refunds and disputes.</param>
/// <param name="PlatformFees">Of every transaction, whoever has its money; without what was reversed.</param>
/// <param name="Adjustments">By operators, and payouts that came back.</param>
/// <param name="Net">What is to be paid.</param>
/// <param name="CarriedOver">What is missing, and the next period begins with.</param>
/// <param name="Lines">How many are on the statement.</param>
/// <param name="Reference">What the provider, or the bank, calls the transfer.</param>
/// <param name="AllowedTransitions">The steps that operators can take now.</param>
internal sealed record PayoutBody(
    Guid Id, int Version, PayeeType PayeeType, Guid PayeeId, int Number, string Currency, DateTimeOffset PeriodFrom, DateTimeOffset PeriodUntil, PayoutStatus Status,
    string? HoldReason, Money Opening, Money Gross, Money Refunds, Money PlatformFees, Money DriverPayments, Money Adjustments, Money Net, Money CarriedOver, int Lines, int Attempts,
    string? Provider, string? Reference, string? FailureReason, string? ReversalReason, DateTimeOffset CreatedAt, DateTimeOffset? CalculatedAt, DateTimeOffset? PaidAt,
    DateTimeOffset UpdatedAt, string[] AllowedTransitions, Guid? BusinessId = null)
{
    public static PayoutBody Of(PayoutView payout) => new(
        payout.PayoutId.Value, payout.Version, payout.PayeeType, payout.PayeeId, payout.Number, payout.Currency, payout.PeriodFrom, payout.PeriodUntil, payout.Status,
        payout.HoldReason, payout.Opening, payout.Gross, payout.Refunds, payout.PlatformFees, payout.DriverPayments, payout.Adjustments, payout.Net, payout.CarriedOver,
        payout.Lines, payout.Attempts, payout.Provider, payout.Reference, payout.FailureReason, payout.ReversalReason, payout.OpenedAt, payout.CalculatedAt, payout.PaidAt,
        payout.UpdatedAt, Payout.TransitionsFrom(payout.Status));
}

/// <param name="Opening">What the period began with.</param>
/// <param name="Closing">Opening and lines, added up: what is to be paid, or is carried over.</param>
internal sealed record PayoutStatementBody(PayoutBody Payout, Money Opening, StatementLineBody[] Lines, Money Closing)
{
    public static PayoutStatementBody Of(PayoutStatement statement)
    {
        var balance = statement.Opening;
        var lines = statement.Lines.Select(line =>
        {
            balance += line.Amount;
            return new StatementLineBody(line.Number, line.Kind, line.Source, line.SourceId, line.Amount, balance, line.Note, line.At);
        }).ToArray();
        return new(PayoutBody.Of(statement.Payout), statement.Opening, lines, statement.Closing);
    }
}

/// <param name="Number">Of the entry in the business's ledger.</param>
/// <param name="Source">Where it was paid.</param>
/// <param name="SourceId">The payment, order or sale.</param>
/// <param name="Amount">What the business is owed more by it, or less.</param>
/// <param name="Balance">With this line.</param>
/// <param name="Note">Of an operator.</param>
internal sealed record StatementLineBody(
    long Number, LedgerEntryKind Kind, TransactionKind? Source, Guid? SourceId, Money Amount, Money Balance, string? Note, DateTimeOffset At);

/// <param name="BusinessName">That it was registered with.</param>
/// <param name="Net">What is to be paid.</param>
internal sealed record QueuedPayoutBody(
    Guid Id, Guid BusinessId, string BusinessName, PayeeType PayeeType, Guid PayeeId, int Number, string Currency, DateTimeOffset PeriodFrom, DateTimeOffset PeriodUntil,
    PayoutStatus Status, Money Gross, Money Refunds, Money PlatformFees, Money Adjustments, Money Net)
{
    public static QueuedPayoutBody Of(PayoutOfBusiness payout) => new(
        payout.PayoutId.Value, payout.BusinessId.Value, payout.BusinessName, payout.PayeeType, payout.PayeeId, payout.Number, payout.Currency, payout.PeriodFrom,
        payout.PeriodUntil, payout.Status, payout.Gross, payout.Refunds, payout.PlatformFees, payout.Adjustments, payout.Net);
}

/// <param name="Totals">Of all periods that the filters let through, one per currency.</param>
internal sealed record PlatformFeesBody(Money[] Totals, FeesOfPeriodBody[] Data, bool HasMore, string? NextCursor);

/// <param name="Gross">What the platform's provider collected for it.</param>
internal sealed record FeesOfPeriodBody(
    Guid BusinessId, string BusinessName, Guid PayoutId, DateTimeOffset PeriodFrom, DateTimeOffset PeriodUntil, Money Gross, Money PlatformFees)
{
    public static FeesOfPeriodBody Of(FeesOfPeriod fees) => new(
        fees.BusinessId.Value, fees.BusinessName, fees.PayoutId.Value, fees.PeriodFrom, fees.PeriodUntil, fees.Gross, fees.PlatformFees);
}

/// <param name="Rate">That holds now.</param>
/// <param name="IsOwnRate">The business's own, not the platform's.</param>
/// <param name="AutoApprove">Nobody has to approve its payouts before they are processed.</param>
/// <param name="Destination">What the provider of transfers calls the business's account.</param>
internal sealed record PayoutTermsBody(FeeRateBody Rate, bool IsOwnRate, PayoutSchedule Schedule, bool AutoApprove, string? Destination)
{
    public static PayoutTermsBody Of(AgreedTerms agreed) => new(
        new(agreed.Rate.BasisPoints, agreed.Rate.Fixed), agreed.Terms.Rate is not null, agreed.Terms.Schedule, agreed.Terms.AutoApprove, agreed.Terms.Destination);
}

/// <param name="BasisPoints">Hundredths of a percent of every transaction: 250 is 2.5%.</param>
/// <param name="Fixed">And that, at most one amount per currency.</param>
internal sealed record FeeRateBody(int BasisPoints, Money[] Fixed);
