using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Coupons;
using MediatR;

namespace Mainstreet.Application.Coupons;

/// <summary>The business's coupons, the newest first.</summary>
/// <param name="Q">The begin of a code, in any case.</param>
/// <param name="Status">As they stand now.</param>
public sealed record ListCoupons(PageRequest Page, string? Q, CouponStatus? Status, CouponKind? Kind) : IRequest<Page<CouponAtNow>>;

/// <summary>Errors: not_found (404).</summary>
public sealed record GetCoupon(CouponId CouponId) : IRequest<CouponAtNow>;

public sealed record CouponAtNow(CouponView Coupon, CouponStatus Status);

internal sealed class ListCouponsValidator : AbstractValidator<ListCoupons>
{
    public ListCouponsValidator() => RuleFor(query => query.Q).MaximumLength(40);
}

internal sealed class ListCouponsHandler(IReadStore reads, TimeProvider clock) : IRequestHandler<ListCoupons, Page<CouponAtNow>>
{
    public async Task<Page<CouponAtNow>> Handle(ListCoupons query, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var list = $"coupons\n{query.Q}\n{query.Status}\n{query.Kind}";
        var after = query.Page.After(list);
        var rows = await reads.List<CouponView>(
            $"""
            select * from rm.coupons where true
               {(query.Q is null ? "" : "and starts_with(code, upper(@q))")}
               {(query.Kind is null ? "" : "and terms->>'kind' = @kind")}
               {(query.Status is null ? "" : $"and {CouponView.StatusSql} = @status")}
               {(after is null ? "" : "and (created_at, coupon_id) < (@created_at, @coupon_id)")}
             order by created_at desc, coupon_id desc limit @rows
            """,
            new { query.Q, query.Kind, query.Status, query.Page.Rows, Now = now, CreatedAt = after?.Time(0), CouponId = after?.Id(1) },
            cancellationToken);
        var page = query.Page.Cut(rows, list, coupon => [coupon.CreatedAt, coupon.CouponId]);
        return new([.. page.Data.Select(coupon => new CouponAtNow(coupon, coupon.StatusAt(now)))], page.HasMore, page.NextCursor);
    }
}

internal sealed class GetCouponHandler(IReadStore reads, TimeProvider clock) : IRequestHandler<GetCoupon, CouponAtNow>
{
    public async Task<CouponAtNow> Handle(GetCoupon query, CancellationToken cancellationToken)
    {
        var coupon = await reads.Find<CouponView>("select * from rm.coupons where coupon_id = @coupon_id", new { query.CouponId }, cancellationToken)
            ?? throw new DomainException(DomainError.NotFound("coupon"));
        return new(coupon, coupon.StatusAt(clock.GetUtcNow()));
    }
}
