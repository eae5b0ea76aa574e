namespace Mainstreet.Domain.Stock;

/// <summary>What orders are promised of the goods, until they leave (STK-04).</summary>
public sealed partial record StockItem
{
    /// <summary>Whether so much can be promised to a further order.</summary>
    public bool Covers(decimal quantity) => Policy != StockPolicy.Deny || quantity <= Available;

    /// <summary>Promises goods to an order (STK-04). Rejects <c>out_of_stock</c> when the policy is deny and too little is available.</summary>
    public StockEvent[] Reserve(OrderId order, decimal quantity, DateTimeOffset now)
    {
        if (Reservations.TryGetValue(order, out var reserved))
        {
            return reserved == quantity ? [] : throw new DomainException(StockErrors.OtherQuantity(order, reserved, quantity));
        }

        return Take(quantity, () => new StockReserved(Id, order, quantity, LocationId, now), now);
    }

    /// <summary>
    /// An order that was amended is promised so much instead, or nothing (ORD-12): only the difference moves, so nothing is free for others in between. Rejects
    /// <c>out_of_stock</c> when the policy is deny and too little is available.
    /// </summary>
    public StockEvent[] Promise(OrderId order, decimal quantity, DateTimeOffset now)
    {
        var more = Lacking(order, quantity);
        return more switch
        {
            0 => [],
            < 0 => Moved(new StockReservationReleased(Id, order, -more, LocationId, now), now),
            _ => Take(more, () => new StockReserved(Id, order, more, LocationId, now), now),
        };
    }

    /// <summary>What is taken or promised, under every policy. An exception to deny: what has left <paramref name="unseen"/>.</summary>
    private StockEvent[] Take(decimal quantity, Func<StockEvent> movement, DateTimeOffset now, bool unseen = false)
    {
        if (Policy == StockPolicy.Untracked)
        {
            return [];
        }

        Check.That(unseen || Covers(quantity), StockErrors.OutOfStock(Id, quantity, Available));
        Positive(quantity);
        return Moved(movement(), now);
    }

    /// <summary>What has to be promised to the order besides what it is promised; below 0: it is promised more.</summary>
    public decimal Lacking(OrderId order, decimal quantity) => quantity - Reservations.GetValueOrDefault(order);

    /// <summary>The order will not take what it was promised. Nothing happens when it was promised nothing.</summary>
    public StockEvent[] Release(OrderId order, DateTimeOffset now) =>
        Reservations.TryGetValue(order, out var reserved) ? Moved(new StockReservationReleased(Id, order, reserved, LocationId, now), now) : [];

    /// <summary>The goods promised to the order leave. Nothing happens when it was promised nothing, or has them.</summary>
    public StockEvent[] Issue(OrderId order, DateTimeOffset now) =>
        Reservations.TryGetValue(order, out var reserved) ? Moved(new StockIssued(Id, order, reserved, AverageCost, LocationId, now), now) : [];

    private StockItem Without(OrderId order, decimal quantity) => this with
    {
        Reserved = Reserved - quantity,
        Reservations = -Lacking(order, quantity) is > 0 and var left ? Reservations.SetItem(order, left) : Reservations.Remove(order),
    };
}
