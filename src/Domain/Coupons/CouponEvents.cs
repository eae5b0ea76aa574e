using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Coupons;

public abstract record CouponEvent : IEvent;

[EventType("coupon.created.v1", Description = "There is a new coupon, which can be used within its terms.")]
public sealed record CouponCreated(CouponId CouponId, string Code, CouponTerms Terms, DateTimeOffset At) : CouponEvent;

[EventType("coupon.changed.v1", Description = "A coupon has other terms; orders that were placed with it keep theirs.")]
public sealed record CouponChanged(CouponId CouponId, string Code, CouponTerms Terms, DateTimeOffset At) : CouponEvent;

[EventType("coupon.deactivated.v1", Description = "A coupon can no longer be used.")]
public sealed record CouponDeactivated(CouponId CouponId, string Code, DateTimeOffset At) : CouponEvent;

[EventType("coupon.activated.v1", Description = "A coupon can be used again.")]
public sealed record CouponActivated(CouponId CouponId, string Code, DateTimeOffset At) : CouponEvent;

/// <param name="Saved">What the customer pays less.</param>
[EventType("coupon.redeemed.v1", Description = "An order was placed with a coupon.")]
public sealed record CouponRedeemed(CouponId CouponId, string Code, OrderId OrderId, CustomerId CustomerId, Money Saved, DateTimeOffset At) : CouponEvent;

[EventType("coupon.released.v1", Description = "The sale of an order no longer counts, and neither does its use of a coupon.")]
public sealed record CouponReleased(CouponId CouponId, string Code, OrderId OrderId, DateTimeOffset At) : CouponEvent;

[JsonSerializable(typeof(Coupon))]
[JsonSerializable(typeof(CouponCreated))]
[JsonSerializable(typeof(CouponChanged))]
[JsonSerializable(typeof(CouponDeactivated))]
[JsonSerializable(typeof(CouponActivated))]
[JsonSerializable(typeof(CouponRedeemed))]
[JsonSerializable(typeof(CouponReleased))]
internal sealed partial class CouponJson : JsonSerializerContext;
