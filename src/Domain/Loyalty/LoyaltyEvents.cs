using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Loyalty;

public abstract record LoyaltyProgrammeEvent : IEvent;

[EventType("loyalty.programme_changed.v1", Description = "The business's loyalty programme was switched on or off, or has other terms.")]
public sealed record LoyaltyProgrammeChanged(bool Enabled, LoyaltyTerms Terms, DateTimeOffset At) : LoyaltyProgrammeEvent;

public abstract record LoyaltyEvent : IEvent;

/// <summary>What every event of an account says: <see cref="Points"/> are added to the balance, which is their sum.</summary>
public interface IPointsChange
{
    AccountId AccountId { get; }

    CustomerId CustomerId { get; }

    long Points { get; }

    DateTimeOffset At { get; }
}

/// <param name="OrderId">What was bought; null: it was at a till.</param>
/// <param name="SaleId">What was bought at a till.</param>
/// <param name="Paid">What of the price the business had then.</param>
/// <param name="ExpiresAt">Null: never.</param>
[EventType("loyalty.points_earned.v1", Description = "A customer earned points by an order that is done, or at a till.")]
public sealed record PointsEarned(
    AccountId AccountId, CustomerId CustomerId, OrderId? OrderId, SaleId? SaleId, long Points, Money Paid, int PointsPerUnit, DateTimeOffset? ExpiresAt,
    DateTimeOffset At) : LoyaltyEvent, IPointsChange;

/// <param name="Points">Below 0.</param>
/// <param name="Saved">What the customer pays less.</param>
[EventType("loyalty.points_redeemed.v1", Description = "A customer paid a part of an order with points; points are below 0.")]
public sealed record PointsRedeemed(
    AccountId AccountId, CustomerId CustomerId, OrderId OrderId, long Points, Money Saved, DateTimeOffset At) : LoyaltyEvent, IPointsChange;

public enum ReversedPoints
{
    /// <summary>What they were earned for was given back. Above 0 where a refund turned out not to have been made.</summary>
    Earned,

    /// <summary>The order that they were redeemed for will not be fulfilled, or was refunded whole.</summary>
    Redeemed,
}

[EventType("loyalty.points_reversed.v1", Description = "Points that were earned are taken back with the money, or those that were redeemed are given back with the order.")]
public sealed record PointsReversed(
    AccountId AccountId, CustomerId CustomerId, OrderId? OrderId, SaleId? SaleId, ReversedPoints What, long Points, DateTimeOffset At) : LoyaltyEvent, IPointsChange;

/// <param name="Points">Below 0.</param>
[EventType("loyalty.points_expired.v1", Description = "A customer's points were not redeemed in time; points are below 0.")]
public sealed record PointsExpired(AccountId AccountId, CustomerId CustomerId, long Points, DateTimeOffset At) : LoyaltyEvent, IPointsChange;

/// <param name="ExpiresAt">Of points that are added; null: never.</param>
[EventType("loyalty.points_adjusted.v1", Description = "Somebody of the business added points to a customer's, or took some.")]
public sealed record PointsAdjusted(
    AccountId AccountId, [property: DataSubject] CustomerId CustomerId, long Points, [property: PersonalData] string Reason, DateTimeOffset? ExpiresAt,
    DateTimeOffset At) : LoyaltyEvent, IPointsChange;

/// <param name="Points">What the balance was, taken from it.</param>
/// <param name="To">The account of the same person.</param>
[EventType("loyalty.points_handed_over.v1", Description = "Two customers are one person: the points of one went to the other's account.")]
public sealed record PointsHandedOver(AccountId AccountId, CustomerId CustomerId, long Points, AccountId To, DateTimeOffset At) : LoyaltyEvent, IPointsChange;

/// <param name="Points">Below 0: a debt.</param>
/// <param name="From">The account of the same person.</param>
/// <param name="Lots">What they are made of.</param>
/// <param name="Sources">For what they were earned: what is refunded later takes them along here.</param>
[EventType("loyalty.points_taken_over.v1", Description = "Two customers are one person: this account has the points of the other one.")]
public sealed record PointsTakenOver(
    AccountId AccountId, CustomerId CustomerId, long Points, AccountId From, PointLot[] Lots, EarnedPoints[] Sources, DateTimeOffset At) : LoyaltyEvent, IPointsChange;

[JsonSerializable(typeof(LoyaltyProgrammeChanged))]
[JsonSerializable(typeof(PointsEarned))]
[JsonSerializable(typeof(PointsRedeemed))]
[JsonSerializable(typeof(PointsReversed))]
[JsonSerializable(typeof(PointsExpired))]
[JsonSerializable(typeof(PointsAdjusted))]
[JsonSerializable(typeof(PointsHandedOver))]
[JsonSerializable(typeof(PointsTakenOver))]
internal sealed partial class LoyaltyJson : JsonSerializerContext;
