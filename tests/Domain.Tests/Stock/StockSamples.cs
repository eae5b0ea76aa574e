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

    public static StockEvent[][] Streams =>
    [
        [
            Opened(), Received(10, 1_500), new StockReplenished(Chair, 10, 0, Now), Reserved(Order, 2), Issued(Order, 2, 1_500),
            new StockReturned(Chair, Order, 1, Now), new StockAdjusted(Chair, -0.5m, "broken", Now), new StockCounted(Chair, 8, -0.5m, Now),
            new StockQuantityImported(Chair, 8, Now), new StockSold(Chair, Sale, 2, new Money(1_500, "EUR"), Unseen: true, Now), new StockTakenBack(Chair, Sale, 1, Now),
            new StockConsumed(Chair, Batch, 2, new Money(3_000, "EUR"), "Batch 3", Now), new StockProduced(Chair, Batch, 4, new Money(3_000, "EUR"), "Batch 3", Now),
        ],
        [
            Opened(StockPolicy.Backorder), new StockMinimumSet(Chair, 4, Now), Received(5), new StockReplenished(Chair, 5, 4, Now),
            Reserved(Order, 2), new StockLow(Chair, 3, 4, Now), Reserved(Other, 9), new StockDepleted(Chair, -6, 4, Now),
            new StockReservationReleased(Chair, Order, 2, Now), Issued(Other, 9), new StockNegative(Chair, -4, Now),
            new StockPolicyChanged(Chair, StockPolicy.Deny, Now),
        ],
    ];

    public static StockItemOpened Opened(StockPolicy policy = StockPolicy.Deny, decimal minimum = 0) => new(Chair, policy, minimum, Now);

    public static StockReceived Received(decimal quantity, long? unitCost = null) =>
        new(Chair, quantity, unitCost is { } cost ? new Money(cost, "EUR") : null, "PO-7", Now);

    public static StockReserved Reserved(OrderId order, decimal quantity) => new(Chair, order, quantity, Now);

    public static StockIssued Issued(OrderId order, decimal quantity, long? unitCost = null) =>
        new(Chair, order, quantity, unitCost is { } cost ? new Money(cost, "EUR") : null, Now);
}
