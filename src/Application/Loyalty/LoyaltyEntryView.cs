using Mainstreet.Domain;
using Mainstreet.Domain.Loyalty;

namespace Mainstreet.Application.Loyalty;

/// <summary>What a customer's points changed by, and why.</summary>
public enum LoyaltyEntryKind
{
    Earned,
    Redeemed,

    /// <summary>Taken back with the money that they were earned for.</summary>
    EarnedReversed,

    /// <summary>Given back with the order that they were redeemed for.</summary>
    RedeemedReversed,
    Expired,
    Adjusted,

    /// <summary>Gone to the account of the same person, or come from it.</summary>
    Merged,
}

/// <summary>A row per change of a balance, which is their sum.</summary>
/// <param name="Entry">The account's entries count 1, 2, 3.</param>
/// <param name="Saved">What redeemed points took off.</param>
/// <param name="Reason">Of an adjustment.</param>
public sealed record LoyaltyEntryView(
    [property: Key] AccountId AccountId,
    [property: Key] int Entry,
    CustomerId CustomerId,
    LoyaltyEntryKind Kind,
    long Points,
    OrderId? OrderId,
    SaleId? SaleId,
    Money? Saved,
    string? Reason,
    DateTimeOffset? ExpiresAt,
    Actor By,
    DateTimeOffset At);

internal sealed class LoyaltyEntriesProjection : Projection<LoyaltyEntryView>
{
    public LoyaltyEntriesProjection() : base("loyalty_entries", version: 2)
    {
        Index("customer_id");
        Entry<PointsEarned>((row, e) => row with { Kind = LoyaltyEntryKind.Earned, OrderId = e.OrderId, SaleId = e.SaleId, ExpiresAt = e.ExpiresAt });
        Entry<PointsRedeemed>((row, e) => row with { Kind = LoyaltyEntryKind.Redeemed, OrderId = e.OrderId, Saved = e.Saved });
        Entry<PointsReversed>((row, e) => row with
        {
            Kind = e.What is ReversedPoints.Redeemed ? LoyaltyEntryKind.RedeemedReversed : LoyaltyEntryKind.EarnedReversed,
            OrderId = e.OrderId,
            SaleId = e.SaleId,
        });
        Entry<PointsExpired>((row, _) => row with { Kind = LoyaltyEntryKind.Expired });
        Entry<PointsAdjusted>((row, e) => row with { Kind = LoyaltyEntryKind.Adjusted, Reason = e.Reason, ExpiresAt = e.ExpiresAt });
        Entry<PointsHandedOver>((row, _) => row with { Kind = LoyaltyEntryKind.Merged });
        Entry<PointsTakenOver>((row, _) => row with { Kind = LoyaltyEntryKind.Merged });
    }

    private void Entry<TEvent>(Func<LoyaltyEntryView, TEvent, LoyaltyEntryView> fold) where TEvent : LoyaltyEvent, IPointsChange => On<TEvent>(
        (e, context) => new(e.AccountId, context.Version, e.CustomerId, default, e.Points, null, null, null, null, null, Actor.System, e.At),
        (row, e, context) => fold(row with { By = context.Actor }, e));
}
