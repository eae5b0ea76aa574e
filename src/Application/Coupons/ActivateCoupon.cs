using Mainstreet.Domain;
using Mainstreet.Domain.Coupons;
using MediatR;

namespace Mainstreet.Application.Coupons;

/// <summary>Whether a coupon can be used, within its terms. Errors: not_found (404), stale_version (412).</summary>
public sealed record ActivateCoupon(CouponId CouponId, int? ExpectedVersion, bool Active) : IRequest<Committed>;

internal sealed class ActivateCouponHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<ActivateCoupon, Committed>
{
    public Task<Committed> Handle(ActivateCoupon command, CancellationToken cancellationToken) => aggregates.Update<Coupon, CouponEvent>(
        command.CouponId.Value, command.ExpectedVersion,
        coupon => command.Active ? coupon.Activate(clock.GetUtcNow()) : coupon.Deactivate(clock.GetUtcNow()), cancellationToken);
}
