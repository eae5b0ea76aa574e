using Mainstreet.Domain;
using Mainstreet.Domain.Stock;

namespace Mainstreet.Application.Stock;

public enum StockStatus
{
    Available,

    /// <summary>At or below the minimum.</summary>
    Low,

    /// <summary>Nothing is available.</summary>
    Depleted,

    /// <summary>Not counted, such as a service.</summary>
    Untracked,
}

/// <summary>One row per variant and location: how much there is (STK-02, STK-07).</summary>
/// <param name="ItemId">Of the ledger: at the default location the variant's id, by which the storefront asks.</param>
/// <param name="LocationId">Null: the default location.</param>
/// <param name="Floor">
/// The least that may be available under the policy deny: zero, or what backorders had taken before the policy became so,
/// or what left while a till could not ask.
/// </param>
/// <param name="UnitCost">Weighted average in minor units (STK-06).</param>
public sealed record StockLevelView(
    [property: Key] Guid ItemId,
    VariantId VariantId,
    LocationId? LocationId,
    StockPolicy Policy,
    StockStatus Status,
    decimal OnHand,
    decimal Reserved,
    decimal Available,
    decimal Minimum,
    decimal Floor,
    decimal? UnitCost,
    string? CostCurrency,
    DateTimeOffset UpdatedAt,
    int Version)
{
    /// <summary>Without the single reservations, which no level needs.</summary>
    internal StockItem? State => Version == 0 ? null : new()
    {
        Id = VariantId,
        LocationId = LocationId,
        Policy = Policy,
        Minimum = Minimum,
        OnHand = OnHand,
        Reserved = Reserved,
        UnitCost = UnitCost,
        CostCurrency = CostCurrency,
    };

    internal static StockLevelView None(Guid id) => new(id, default, null, default, default, 0, 0, 0, 0, 0, null, null, default, Version: 0);

    internal StockLevelView After(StockEvent e, DateTimeOffset at, int version)
    {
        var item = StockItem.Evolve(State, e);
        var accepted = e is StockPolicyChanged or StockSold { Unseen: true };
        var owed = Math.Min(0, accepted ? item.Available : Available);
        return new(
            ItemId, item.Id, item.LocationId, item.Policy, StatusOf(item), item.OnHand, item.Reserved, item.Available, item.Minimum,
            accepted ? owed : Math.Max(Floor, owed), item.UnitCost, item.CostCurrency, at, version);
    }

    private static StockStatus StatusOf(StockItem item) => item switch
    {
        { Policy: StockPolicy.Untracked } => StockStatus.Untracked,
        { IsDepleted: true } => StockStatus.Depleted,
        { IsLow: true } => StockStatus.Low,
        _ => StockStatus.Available,
    };
}

public sealed class StockLevelsProjection : Projection<StockLevelView>
{
    public StockLevelsProjection() : base("stock_levels", version: 4, inline: true)
    {
        Index("variant_id");
        // the wall behind the decisions: never oversold, whatever code comes later
        Check("policy <> 'deny' or available >= floor", StockErrors.Oversold);
        Follow<StockItemOpened>(e => e.At);
        Follow<StockReceived>(e => e.At);
        Follow<StockReserved>(e => e.At);
        Follow<StockReservationReleased>(e => e.At);
        Follow<StockIssued>(e => e.At);
        Follow<StockSold>(e => e.At);
        Follow<StockTakenBack>(e => e.At);
        Follow<StockConsumed>(e => e.At);
        Follow<StockProduced>(e => e.At);
        Follow<StockTransferredOut>(e => e.At);
        Follow<StockTransferredIn>(e => e.At);
        Follow<StockAdjusted>(e => e.At);
        Follow<StockCounted>(e => e.At);
        Follow<StockReturned>(e => e.At);
        Follow<StockPolicyChanged>(e => e.At);
        Follow<StockMinimumSet>(e => e.At);

        // these change no level, but the version of a row is that of its stream
        Follow<StockQuantityImported>(e => e.At);
        Follow<StockLow>(e => e.At);
        Follow<StockDepleted>(e => e.At);
        Follow<StockReplenished>(e => e.At);
        Follow<StockNegative>(e => e.At);
    }

    private void Follow<TEvent>(Func<TEvent, DateTimeOffset> at) where TEvent : StockEvent => On<TEvent>(
        (_, context) => StockLevelView.None(context.StreamId),
        (view, e, context) => view.After(e, at(e), context.Version));
}
