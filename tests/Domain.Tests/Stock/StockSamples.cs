using Mainstreet.Domain.Stock;

namespace Mainstreet.Domain.Tests.Stock;

internal static class StockSamples
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    public static readonly VariantId Chair = new(Uuid.Named("chair"));

    public static readonly OrderId Order = new(Uuid.Named("order", "1"));

    public static readonly OrderId Other = new(Uuid.Named("order", "2"));

    public static readonly SaleId Sale = new(Uuid.Named("sale", "1"));

    public static readonly ProductionId Batch = new(Uuid.Named("production", "1"));

    public static readonly LocationId Harbour = new(Uuid.Named("harbour"));

    public static readonly TransferId Transfer = new(Uuid.Named("transfer", "1"));

    /// <summary>At the default location, and at a further one.</summary>
    public static StockEvent[][] Streams => [.. AtDefault, .. AtDefault.Select(stream => stream.Select(e => e with { LocationId = Harbour }).ToArray())];

    public static LocationEvent[][] Locations =>
    [
        [new LocationCreated(Harbour, "Harbour", "Quay 1, Kiel", Now), new LocationRenamed(Harbour, "Old harbour", "Quay 2, Kiel", Now), new LocationRetired(Harbour, Now)],
        [new LocationRenamed(LocationId.Default, "Bakery", null, Now)],
    ];

    public static StockTransferEvent[][] Transfers =>
        [[new StockTransferMade(Transfer, LocationId.Default, Harbour, [new(Chair, 2, new Money(3_000, "EUR"))], "Van 2", Now)]];

    private static StockEvent[][] AtDefault =>
    [
        [
            Opened(), Received(10, 1_500), new StockReplenished(Chair, 10, 0, null, Now), Reserved(Order, 2), Issued(Order, 2, 1_500),
            new StockReturned(Chair, Order, 1, null, Now), new StockAdjusted(Chair, -0.5m, "broken", null, Now), new StockCounted(Chair, 8, -0.5m, null, Now),
            new StockQuantityImported(Chair, 8, null, Now), new StockSold(Chair, Sale, 2, new Money(1_500, "EUR"), Unseen: true, null, Now), new StockTakenBack(Chair, Sale, 1, null, 1_500.25m, "EUR", Now),
            new StockConsumed(Chair, Batch, 2, new Money(3_000, "EUR"), "Batch 3", null, Now), new StockProduced(Chair, Batch, 4, new Money(3_000, "EUR"), "Batch 3", null, Now),
            new StockTransferredOut(Chair, Transfer, 2, new Money(2_001, "EUR"), "Van 2", null, Now),
            new StockTransferredIn(Chair, Transfer, 2, new Money(2_001, "EUR"), 1_000.375m, "Van 2", null, Now),
        ],
        [
            Opened(StockPolicy.Backorder), new StockMinimumSet(Chair, 4, null, Now), Received(5), new StockReplenished(Chair, 5, 4, null, Now),
            Reserved(Order, 2), new StockLow(Chair, 3, 4, null, Now), Reserved(Other, 9), new StockDepleted(Chair, -6, 4, null, Now),
            new StockReservationReleased(Chair, Order, 2, null, Now), Issued(Other, 9), new StockNegative(Chair, -4, null, Now),
            new StockPolicyChanged(Chair, StockPolicy.Deny, null, Now),
        ],
    ];

    public static StockItemOpened Opened(StockPolicy policy = StockPolicy.Deny, decimal minimum = 0) => new(Chair, policy, minimum, null, Now);

    public static StockReceived Received(decimal quantity, long? unitCost = null) =>
        new(Chair, quantity, unitCost is { } cost ? new Money(cost, "EUR") : null, "PO-7", null, Now);

    public static StockReserved Reserved(OrderId order, decimal quantity) => new(Chair, order, quantity, null, Now);

    public static StockIssued Issued(OrderId order, decimal quantity, long? unitCost = null) =>
        new(Chair, order, quantity, unitCost is { } cost ? new Money(cost, "EUR") : null, null, Now);
}
