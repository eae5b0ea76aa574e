using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Coupons;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Coupons;
using MediatR;

namespace Mainstreet.Api.Coupons;

/// <summary>The coupons of a business (ORD-16).</summary>
internal static class CouponEndpoints
{
    private static readonly string[] termsInvalid =
        ["percent_invalid", "amount_invalid", "minimum_invalid", "period_invalid", "limit_invalid", "too_many_goods"];

    public static void MapCoupons(this IEndpointRouteBuilder api)
    {
        var coupons = api.MapGroup("/business/coupons").WithTags("Coupons");
        coupons.MapGet("/", List).WithName("ListCoupons").RequirePermission(Permissions.CouponsRead);
        coupons.MapPost("/", Create).WithName("CreateCoupon").RequirePermission(Permissions.CouponsWrite)
            .Refuses(400, [.. termsInvalid, "code_invalid"]).Refuses(404, "not_found").Refuses(409, "already_exists", "code_taken");
        coupons.MapGet("/{couponId:guid}", Get).WithName("GetCoupon").LooksBack().RequirePermission(Permissions.CouponsRead);
        coupons.MapGet("/{couponId:guid}/uses", ListUses).WithName("ListCouponUses").RequirePermission(Permissions.CouponsRead);
        coupons.MapPut("/{couponId:guid}/terms", Change).WithName("ChangeCoupon").RequirePermission(Permissions.CouponsWrite)
            .Refuses(400, termsInvalid);
        coupons.MapPost("/{couponId:guid}/activate", Activate).WithName("ActivateCoupon").RequirePermission(Permissions.CouponsWrite);
        coupons.MapPost("/{couponId:guid}/deactivate", Deactivate).WithName("DeactivateCoupon").RequirePermission(Permissions.CouponsWrite).For(Purpose.WindUp);
    }

    private static async Task<PageAnswer<CouponBody>> List(
        Paging paging, string? q, Choice<CouponStatus>? status, Choice<CouponKind>? kind, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListCoupons(paging, q, status?.Value, kind?.Value), cancellationToken), CouponBody.Of);

    private static async Task<CreatedAnswer<CreatedCouponBody>> Create(CreateCouponRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(new CreateCoupon(new(request.Id ?? Uuid.New()), request.Code, request.ToTerms()), cancellationToken);
        return Answers.Created(
            $"/business/coupons/{receipt.CouponId}", new CreatedCouponBody(receipt.CouponId.Value, receipt.Code, receipt.Version), receipt);
    }

    private static async Task<OkAnswer<CouponBody>> Get(Guid couponId, IMediator mediator, CancellationToken cancellationToken)
    {
        var coupon = await mediator.Send(new GetCoupon(new(couponId)), cancellationToken);
        return Answers.Ok(CouponBody.Of(coupon), coupon.Coupon.Version);
    }

    private static async Task<PageAnswer<CouponUseBody>> ListUses(Guid couponId, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListCouponUses(new(couponId), paging), cancellationToken), CouponUseBody.Of);

    private static async Task<NoContentAnswer> Change(
        Guid couponId, CouponTermsRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ChangeCoupon(new(couponId), ifMatch.Version, request.ToTerms()), cancellationToken));

    private static async Task<NoContentAnswer> Activate(Guid couponId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ActivateCoupon(new(couponId), ifMatch.Version, Active: true), cancellationToken));

    private static async Task<NoContentAnswer> Deactivate(Guid couponId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ActivateCoupon(new(couponId), ifMatch.Version, Active: false), cancellationToken));
}
