using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Pos;

namespace Mainstreet.Domain.Tests.Pos;

/// <summary>A till, a session and what is sold in it.</summary>
internal static class PosSamples
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static readonly DateOnly Today = new(2026, 3, 2);

    public static readonly Register Till = new(new(Uuid.Named("till")), "A", "Front", Retired: false);

    public static readonly LocationId Harbour = new(Uuid.Named("harbour"));

    public static readonly RegisterSessionId Morning = new(Uuid.Named("morning"));

    public static readonly SaleId Id = new(Uuid.Named("sale"));

    public static RegisterEvent[][] Registers => [[new RegisterCreated(Till.Id, "A", "Till", Harbour, Now), new RegisterRenamed(Till.Id, "Front", Now), new RegisterMoved(Till.Id, null, Now), new RegisterMoved(Till.Id, Harbour, Now), new RegisterRetired(Till.Id, Now)]];

    public static RegisterSessionEvent[][] Sessions =>
    [
        [
            Opened(), new CashPaidIn(Morning, Till.Id, Eur(500), "change", Now), new CashPaidOut(Morning, Till.Id, Eur(250), "stamps", Now),
            Entered(SessionEntry.Sale, 1190, due: 190, Cash(1000)), Entered(SessionEntry.Payment, 0, due: 0, new SalePayment(TenderMethod.Card, Eur(190), null, "T-1")),
            new SaleSettled(Morning, Id, Now), Entered(SessionEntry.Return, 595, due: 0, Cash(595)), Entered(SessionEntry.Void, 595, due: 0, Cash(405), new SalePayment(TenderMethod.Card, Eur(190), null, "T-1")),
            new RegisterSessionClosed(Morning, Till.Id, Eur(10_250), Eur(10_200), Eur(-50), [Id], "5 missing", Now),
            new RegisterSessionReopened(Morning, Till.Id, "one more", [Id], Now),
        ],
        [Opened() with { LocationId = Harbour }],
    ];

    public static SaleEvent[][] Sales =>
    [
        [
            RungUp(due: 190, Cash(1000, change: 500)), new SalePaid(Id, "A-1001", Till.Id, Morning, [new(TenderMethod.Card, Eur(190), null, "T-1")], Eur(0), Now),
            new SaleReturned(
                Id, "A-1001", "A-1002", Till.Id, Morning, "broken", Today, [new(1, Product, Variant, 1, Eur(595), 19, Eur(95), Restocked: true)], Eur(595), [Cash(595)], Eur(0),
                Complete: false, new(Uuid.Named("customer")), Now),
        ],
        [
            RungUp(due: 0, Cash(1190)),
            new SaleVoided(Id, "A-1001", Till.Id, Morning, "mistake", Today, [new(1, Product, Variant, 2, Eur(1190), 19, Eur(190), Restocked: true)], Eur(1190), [Cash(1190)], new(Uuid.Named("customer")), Now),
        ],
    ];

    public static ProductId Product { get; } = new(Uuid.Named("product"));

    public static VariantId Variant { get; } = new(Uuid.Named("variant"));

    public static RegisterSessionOpened Opened() => new(Morning, Till.Id, Eur(10_000), null, Now);

    public static RegisterSession Session(params RegisterSessionEvent[] events) =>
        events.Aggregate(RegisterSession.Evolve(null, Opened()), RegisterSession.Evolve);

    public static SaleEntered Entered(SessionEntry kind, long total, long due, params SalePayment[] payments) => new(
        Morning, Id, kind, "A-1001", Eur(total), Eur(0), kind == SessionEntry.Payment ? [] : [new(19, Eur(total * 100 / 119), Eur(total * 19 / 119))], payments, Eur(due), Now);

    /// <summary>Two of something for 5.95 each, 19% included.</summary>
    public static SaleRungUp RungUp(long due, params SalePayment[] payments)
    {
        var line = new SaleLine(1, Product, Variant, "Lamp", "Red", 2, Eur(595), Eur(600), Eur(1190), Eur(0), 19, Eur(190), "scratched", [new(new(Uuid.Named("linen")), new(Uuid.Named("shade")), "Shade", "Linen", 1, Eur(95)), new(null, null, "Cord", "Red", 2, Eur(0))]);
        return new(
            Id, "till-1-77", "A-1001", Till.Id, Morning, OrderChannel.WalkIn, new(Uuid.Named("customer")), [line], Eur(1190), Eur(0), Eur(190), TaxIncluded: true, Eur(1190),
            payments, Eur(due), Today, "regular", "wrap it", new("tablet", Now, [OfflineDifference.Price]), Now);
    }

    public static SalePayment Cash(long cents, long? change = null) => new(TenderMethod.Cash, Eur(cents), change is { } back ? Eur(back) : null, null);

    public static Money Eur(long cents) => new(cents, "EUR");
}
