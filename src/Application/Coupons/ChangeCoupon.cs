using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Coupons;
using MediatR;

namespace Mainstreet.Application.Coupons;

/// <summary>
/// These are the coupon's terms from now on; what was bought with it stays as it was. Errors: those of <see cref="CreateCoupon"/> but for the code; not_found (404)
/// for the coupon too, stale_version (412).
/// </summary>
public sealed record ChangeCoupon(CouponId CouponId, int? ExpectedVersion, CouponTerms Terms) : IRequest<Committed>;

internal sealed class ChangeCouponHandler(ILane lane, ITenantContext tenant) : IRequestHandler<ChangeCoupon, Committed>
{
    public Task<Committed> Handle(ChangeCoupon command, CancellationToken cancellationToken)
    {
        var id = command.CouponId.Value;
        return lane.Run(
            streams => streams.Of<Coupon>(id).Of<BusinessProfile>(tenant.Tenant.Value).OfGoods(command.Terms),
            (log, now) =>
            {
                var coupon = log.Get<Coupon>(id);
                log.Expect(id, command.ExpectedVersion);
                log.Append<Coupon, CouponEvent>(id, coupon.Change(command.Terms, log.Get<BusinessProfile>(tenant.Tenant.Value).Settings.Currency, now));
                log.RefuseUnknownGoods(command.Terms);
                return new Committed(log.Version(id));
            },
            cancellationToken);
    }
}
