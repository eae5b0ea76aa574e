namespace Mainstreet.Domain.Stock;

/// <summary>Why a stock movement is refused.</summary>
public static class StockErrors
{
    public static DomainError OutOfStock(VariantId variant, decimal requested, decimal available) =>
        new("out_of_stock", $"{requested} requested, {available} available.", Details: new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["variant_id"] = variant.Value,
            ["requested"] = requested,
            ["available"] = available,
        });

    /// <summary>What the database answers should a decision ever miss it.</summary>
    public static readonly DomainError Oversold = new("out_of_stock", "There is not enough in stock.");

    public static DomainError CountedBelowReserved(VariantId variant, decimal counted, decimal reserved) =>
        new("counted_below_reserved", $"{counted} counted, but {reserved} are promised to orders: cancel orders or allow backorders first.",
            Details: new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["variant_id"] = variant.Value,
                ["counted"] = counted,
                ["reserved"] = reserved,
            });

    /// <summary>The order did this step before, with another quantity.</summary>
    public static DomainError OtherQuantity(OrderId order, decimal recorded, decimal requested) =>
        new("quantity_already_recorded", $"The order has {recorded} recorded already, not {requested}.", ErrorKind.Conflict,
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["order_id"] = order.Value,
                ["recorded"] = recorded,
                ["requested"] = requested,
            });

    public static DomainError InvalidQuantity(decimal quantity) =>
        new("invalid_quantity", $"{quantity} is not possible here: quantities have at most 3 decimals and are at most {Quantities.Max}.",
            Details: new Dictionary<string, object?>(StringComparer.Ordinal) { ["quantity"] = quantity });

    public static readonly DomainError InvalidUnitCost = new("invalid_unit_cost", "A unit cost is not negative and stays in the item's currency.");

    public static readonly DomainError NotTracked = new("not_tracked", "It is not counted, so nothing can be made of it that stays in stock.");

    public static readonly DomainError CostTooHigh = new("cost_too_high", "What goes in cost more than any amount may be: make it in parts.");

    public static readonly DomainError NamedTwice = new("named_twice", "It is named before already: each is named once, on one side.");
}
