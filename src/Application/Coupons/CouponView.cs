using Mainstreet.Domain;
using Mainstreet.Domain.Coupons;

namespace Mainstreet.Application.Coupons;

/// <summary>Where a coupon stands at a moment.</summary>
public enum CouponStatus
{
    Active,

    /// <summary>It is valid later.</summary>
    Scheduled,
    Expired,
    UsedUp,
    Inactive,
}

/// <summary>One row per coupon: its state.</summary>
/// <param name="Used">By orders that count.</param>
public sealed record CouponView(
    [property: Key] CouponId CouponId,
    int Version,
    string Code,
    CouponTerms Terms,
    bool Active,
    int Used,
    DateTimeOffset? StartsAt,
    DateTimeOffset? EndsAt,
    int? MaxUses,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt)
{
    internal Coupon? State => Version == 0 ? null : new(CouponId, Code, Terms, Active, Used);

    public CouponStatus StatusAt(DateTimeOffset now) =>
        !Active ? CouponStatus.Inactive
        : EndsAt <= now ? CouponStatus.Expired
        : Used >= MaxUses ? CouponStatus.UsedUp
        : StartsAt > now ? CouponStatus.Scheduled
        : CouponStatus.Active;

    /// <summary><see cref="StatusAt"/> in SQL, at @now.</summary>
    internal const string StatusSql = """
        case when not active then 'inactive' when ends_at <= @now then 'expired' when used >= max_uses then 'used_up' when starts_at > @now then 'scheduled'
             else 'active' end
        """;

    internal static CouponView None(CouponId id) => new(id, Version: 0, "", null!, Active: false, 0, null, null, null, default, default);

    internal CouponView After(CouponEvent e, DateTimeOffset at, int version)
    {
        var coupon = Coupon.Evolve(State, e);
        return new(
            coupon.Id, version, coupon.Code, coupon.Terms, coupon.Active, coupon.Used, coupon.Terms.StartsAt, coupon.Terms.EndsAt, coupon.Terms.MaxUses,
            Version == 0 ? at : CreatedAt, at);
    }
}

internal sealed class CouponsProjection : Projection<CouponView>
{
    public CouponsProjection() : base("coupons", version: 1, inline: true)
    {
        Unique(CouponErrors.CodeTaken, where: null, "code");
        Index("created_at desc", "coupon_id desc");
        Follow<CouponCreated>(e => e.At);
        Follow<CouponChanged>(e => e.At);
        Follow<CouponActivated>(e => e.At);
        Follow<CouponDeactivated>(e => e.At);
        Follow<CouponRedeemed>(e => e.At);
        Follow<CouponReleased>(e => e.At);
    }

    private void Follow<TEvent>(Func<TEvent, DateTimeOffset> at) where TEvent : CouponEvent => On<TEvent>(
        (_, context) => CouponView.None(new(context.StreamId)),
        (view, e, context) => view.After(e, at(e), context.Version));
}
