using Mainstreet.Domain.Payouts;

namespace Mainstreet.Domain.Tests.Payouts;

internal static class PayoutSamples
{
    public static readonly DateTimeOffset Monday = new(2026, 3, 1, 23, 0, 0, TimeSpan.Zero); // in Berlin

    public static readonly DateTimeOffset Next = Monday.AddDays(7);

    public static readonly TenantId Shop = new(Uuid.Named("shop"));

    public static readonly PayoutId Id = Ledger.PayoutOf(Shop, "EUR", 1);

    public static readonly PayoutPeriod Week = new(Monday, Next);

    public static readonly TransactionRef Payment = new(TransactionKind.CardPayment, Uuid.Named("payment"));

    public static readonly PayoutOpened Opened = new(Id, PayeeType.Business, Shop.Value, 1, Monday, Next, Eur(0), Monday);

    public static readonly PayoutCalculated Calculated = new(Id, Eur(0), Eur(10_000), Eur(1_000), Eur(250), Eur(0), Eur(0), Eur(8_750), Eur(0), 4, Next);

    public static readonly PayoutApproved Approved = new(Id, Automatic: false, Next);

    public static readonly PayoutHeld Held = new(Id, "looks odd", Next);

    public static readonly PayoutProcessingStarted Started = new(Id, 1, "manual", null, Eur(8_750), Next);

    public static readonly PayoutPaid Paid = new(Id, Eur(8_750), "manual", "SEPA 1", Next);

    public static readonly PayoutFailed Failed = new(Id, Eur(8_750), "manual", "account_closed", Next);

    public static readonly PayoutReversed Reversed = new(Id, Eur(8_750), "came back", Next);

    public static readonly PayoutAdjusted Adjusted = new(Id, Eur(-100), "stamps", Next);

    public static PayoutEvent[][] Payouts =>
    [
        [Opened, Adjusted, Calculated, Held, new PayoutHoldReleased(Id, Next), Approved, Started, Failed, Adjusted, Started with { Attempt = 2, Amount = Eur(8_650) }, Paid, Reversed],
    ];

    public static PayoutRecordEvent[][] Records =>
    [
        [
            new PayoutNoted(
                new(Id, Shop, PayeeType.Business, Shop.Value, 1, Monday, Next, PayoutStatus.Pending, Eur(10_000), Eur(1_000), Eur(250), Eur(0), Eur(8_750), 2), Next),
        ],
    ];

    public static PayoutTermsEvent[][] Terms => [[new PayoutTermsChanged(new(250, [Eur(25)]), PayoutSchedule.Monthly, AutoApprove: true, "acct_1", Monday)]];

    public static LedgerEvent[][] Ledgers =>
    [
        [
            new LedgerPeriodOpened(Id, 1, Week, Eur(0), Monday),
            new LedgerPosted(
                1, LedgerEntryKind.Payment, Eur(10_000), [new(LedgerAccount.Business, Eur(-10_000)), new(LedgerAccount.Provider, Eur(10_000))], Payment, Id, null, Monday),
            new LedgerPeriodClosed(Id, Eur(0), Next),
        ],
    ];

    public static TransactionEvent[][] Transactions =>
    [
        [
            new FundsMoved(Payment, FundsMovement.Collected, Eur(10_000), Monday), new FeeCharged(Payment, "card_payment", Eur(9_000), 250, Eur(25), Eur(250), Monday),
            new FeeReversed(Payment, Eur(1_000), Eur(25), Eur(25), Monday), new FeeReinstated(Payment, Eur(0), Eur(25), Eur(0), Monday),
        ],
    ];

    public static TransactionFacts Facts(long captured, long refunded = 0, long disputed = 0, long lost = 0, long tip = 0, bool held = true) =>
        new(Payment, held, Eur(captured), Eur(refunded), Eur(disputed), Eur(lost), Eur(tip));

    public static Money Eur(long amount) => new(amount, "EUR");
}
