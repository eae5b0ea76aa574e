using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Payouts;

/// <param name="Entries">How many there are.</param>
/// <param name="Opening">Carried over from before; never more than nothing.</param>
/// <param name="Gross">What the platform's provider has collected.</param>
/// <param name="Refunds">What went back of it: refunds and disputes.</param>
/// <param name="PlatformFees">Without what was reversed; of transactions too whose money the business has itself.</param>
/// <param name="Adjustments">By operators, and payouts that came back.</param>
public sealed record LedgerTotals(int Entries, Money Opening, Money Gross, Money Refunds, Money PlatformFees, Money Adjustments)
{
    /// <summary>What the business is owed.</summary>
    [JsonIgnore]
    public Money Balance => Opening + Gross - Refunds - PlatformFees + Adjustments;

    public static LedgerTotals From(Money opening)
    {
        var none = Money.Zero(opening.Currency);
        return new(0, opening, none, none, none, none);
    }

    internal LedgerTotals With(LedgerPosted e) => e.Kind switch
    {
        LedgerEntryKind.Payment => this with { Entries = Entries + 1, Gross = Gross + e.Amount },
        LedgerEntryKind.Refund or LedgerEntryKind.RefundFailed or LedgerEntryKind.Dispute or LedgerEntryKind.DisputeWon =>
            this with { Entries = Entries + 1, Refunds = Refunds - e.Amount },
        LedgerEntryKind.Fee or LedgerEntryKind.FeeReversal or LedgerEntryKind.FeeReinstated => this with { Entries = Entries + 1, PlatformFees = PlatformFees - e.Amount },
        LedgerEntryKind.Adjustment or LedgerEntryKind.PayoutReversed => this with { Entries = Entries + 1, Adjustments = Adjustments + e.Amount },
        LedgerEntryKind.PayoutStarted or LedgerEntryKind.PayoutPaid or LedgerEntryKind.PayoutFailed => this,
    };
}

/// <param name="Totals">Of what was posted since it was opened.</param>
public sealed record OpenPeriod(PayoutId PayoutId, PayoutPeriod Period, LedgerTotals Totals);

/// <summary>
/// The book that the platform keeps of a business in one currency: double entry, so its accounts add up to nothing, always (PAY-04, PAY-05). One period is
/// open at a time, from its first entry on; what a closed one leaves below nothing is carried over to the next.
/// </summary>
/// <param name="Posted">How many entries there are.</param>
/// <param name="Periods">How many were opened.</param>
/// <param name="Carried">What the next period begins with.</param>
/// <param name="ClosedUntil">When the last one ended.</param>
/// <param name="Balances">Of every account.</param>
public sealed record Ledger(string Currency, long Posted, int Periods, OpenPeriod? Open, Money Carried, DateTimeOffset? ClosedUntil, LedgerLine[] Balances)
    : IAggregate<Ledger, LedgerEvent>, ISnapshotted
{
    public static int SnapshotVersion => 1;

    public static Guid StreamOf(string currency) => Uuid.Named("ledger", currency);

    /// <summary>A ledger before its first event.</summary>
    public static Ledger Empty(string currency) => new(
        currency, 0, 0, null, Money.Zero(currency), null, [.. Enum.GetValues<LedgerAccount>().Select(account => new LedgerLine(account, Money.Zero(currency)))]);

    /// <summary>The payout of a period: the same for everybody who opens it.</summary>
    public static PayoutId PayoutOf(TenantId business, string currency, int number) =>
        new(Uuid.Named("payout", business.ToString(), currency, number.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    public Money BalanceOf(LedgerAccount account) => Array.Find(Balances, balance => balance.Account == account)!.Amount;

    public LedgerEvent[] OpenNext(PayoutId payout, PayoutPeriod period, DateTimeOffset now) => Open is null
        ? [new LedgerPeriodOpened(payout, Periods + 1, period, Carried, now)]
        : [];

    /// <param name="carried">What it leaves below nothing.</param>
    /// <param name="now">When it is closed.</param>
    public LedgerEvent[] CloseOpen(Money carried, DateTimeOffset now) => Open is { } open ? [new LedgerPeriodClosed(open.PayoutId, carried, now)] : [];

    /// <summary>What a step of a transaction means, on the statement of the open period, which is there.</summary>
    public LedgerEvent[] Enter(TransactionEvent e, DateTimeOffset now)
    {
        var (kind, amount) = e switch
        {
            FundsMoved { Movement: FundsMovement.Collected } => (LedgerEntryKind.Payment, e.Amount),
            FundsMoved { Movement: FundsMovement.Refunded } => (e.Amount.Amount > 0 ? LedgerEntryKind.Refund : LedgerEntryKind.RefundFailed, -e.Amount),
            FundsMoved => (e.Amount.Amount > 0 ? LedgerEntryKind.Dispute : LedgerEntryKind.DisputeWon, -e.Amount),
            FeeCharged => (LedgerEntryKind.Fee, -e.Amount),
            FeeReversed => (LedgerEntryKind.FeeReversal, e.Amount),
            FeeReinstated => (LedgerEntryKind.FeeReinstated, -e.Amount),
            _ => throw new InvalidOperationException($"{e.GetType().Name} means nothing for the ledger."),
        };
        return [Entry(kind, amount, e.Transaction, Open!.PayoutId, null, now)];
    }

    /// <summary>
    /// What a step of a payout means. An adjustment stands on the statement of the payout, and one that came back on that of the open period, which is there; else
    /// it is on its statement already.
    /// </summary>
    public LedgerEvent[] Follow(PayoutEvent e, DateTimeOffset now) => e switch
    {
        PayoutAdjusted adjusted => [Entry(LedgerEntryKind.Adjustment, adjusted.Amount, null, adjusted.PayoutId, adjusted.Reason, now)],
        PayoutProcessingStarted started => [Entry(LedgerEntryKind.PayoutStarted, -started.Amount, null, null, started.PayoutId.ToString(), now)],
        PayoutPaid paid => [Entry(LedgerEntryKind.PayoutPaid, paid.Amount, null, null, paid.PayoutId.ToString(), now)],
        PayoutFailed failed => [Entry(LedgerEntryKind.PayoutFailed, failed.Amount, null, null, failed.PayoutId.ToString(), now)],
        PayoutReversed reversed => [Entry(LedgerEntryKind.PayoutReversed, reversed.Amount, null, Open!.PayoutId, reversed.Reason, now)],
        _ => [],
    };

    public static Ledger Evolve(Ledger? ledger, LedgerEvent e) => (ledger, e) switch
    {
        (_, LedgerPeriodOpened opened) => (ledger ?? Empty(opened.Opening.Currency)) with
        {
            Periods = opened.Number,
            Open = new(opened.PayoutId, opened.Period, LedgerTotals.From(opened.Opening)),
        },
        ({ }, LedgerPeriodClosed closed) => ledger with { Open = null, Carried = closed.Carried, ClosedUntil = ledger.Open?.Period.Until },
        ({ }, LedgerPosted posted) => ledger.With(posted),
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(ledger is null ? "an empty stream" : "this")}."),
    };

    private Ledger With(LedgerPosted posted) => this with
    {
        Posted = posted.Number,
        Open = Open is { } open && posted.PayoutId == open.PayoutId ? open with { Totals = open.Totals.With(posted) } : Open,
        Balances = [.. Balances.Select(balance => posted.Lines.Where(line => line.Account == balance.Account).Aggregate(balance, (sum, line) => sum with { Amount = sum.Amount + line.Amount }))],
    };

    private LedgerPosted Entry(LedgerEntryKind kind, Money amount, TransactionRef? transaction, PayoutId? payout, string? note, DateTimeOffset now)
    {
        var (from, to, moved) = kind switch
        {
            LedgerEntryKind.PayoutPaid => (LedgerAccount.Provider, LedgerAccount.InTransit, amount),
            _ => (LedgerAccount.Business, CounterOf(kind), amount),
        };
        return new(
            Posted + 1, kind, kind is LedgerEntryKind.PayoutPaid ? Money.Zero(Currency) : amount, [new(from, -moved), new(to, moved)], transaction, payout, note, now);
    }

    private static LedgerAccount CounterOf(LedgerEntryKind kind) => kind switch
    {
        LedgerEntryKind.Fee or LedgerEntryKind.FeeReversal or LedgerEntryKind.FeeReinstated => LedgerAccount.PlatformFees,
        LedgerEntryKind.Adjustment => LedgerAccount.Adjustments,
        LedgerEntryKind.PayoutStarted or LedgerEntryKind.PayoutFailed => LedgerAccount.InTransit,
        _ => LedgerAccount.Provider,
    };
}
