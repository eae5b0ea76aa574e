using Mainstreet.Api.Customers;
using Mainstreet.Api.Http;
using Mainstreet.Api.Orders;
using Mainstreet.Api.Storefronts;
using Mainstreet.Application.Customers;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Orders;
using Mainstreet.Application.Reviews;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Reviews;
using MediatR;

namespace Mainstreet.Api.Reviews;

/// <summary>What customers say of products and orders (CAT-05, ORD-08), and what the business does about it.</summary>
internal static class ReviewEndpoints
{
    public static void MapReviews(this IEndpointRouteBuilder api)
    {
        var reviews = api.MapGroup("/business/reviews").WithTags("Reviews");
        reviews.MapGet("/", List).WithName("ListReviews").RequirePermission(Permissions.ReviewsRead);
        reviews.MapGet("/{reviewId:guid}", Get).WithName("GetReview").RequirePermission(Permissions.ReviewsRead).Refuses(404, "not_found");
        Moderating(reviews.MapPost("/{reviewId:guid}/approve", Approve).WithName("ApproveReview"));
        Moderating(reviews.MapPost("/{reviewId:guid}/reject", Reject).WithName("RejectReview")).Refuses(400, "reason_invalid").Refuses(409, "customer_erased");
        Moderating(reviews.MapPut("/{reviewId:guid}/reply", Reply).WithName("ReplyToReview")).Refuses(400, "reply_invalid").Refuses(409, "customer_erased");

        var settings = api.MapGroup("/business/review-settings").WithTags("Reviews");
        settings.MapGet("/", GetSettings).WithName("GetReviewSettings").RequirePermission(Permissions.BusinessRead);
        settings.MapPut("/", ChangeSettings).WithName("ChangeReviewSettings").RequirePermission(Permissions.BusinessWrite);

        api.MapGet("/storefronts/{subdomain}/products/{idOrSlug}/reviews", ListOfProduct).WithName("ListProductReviews").WithTags("Storefront")
            .Public().For(Purpose.Trade).OfStorefront().Refuses(404, "not_found").Refuses(423, "business_suspended", "business_closing");

        OfOrder(api.MapPost("/orders/{orderId:guid}/review", ReviewOrder).WithName("ReviewTrackedOrder").WithTags("Orders").Public().ResolveTenant<TrackingTokenTenant>());
        OfOrder(api.MapPost("/customers/me/orders/{orderId:guid}/review", ReviewOwnOrder).WithName("ReviewCustomerOrder").WithTags("Customers").RequireCustomer());

        var mine = api.MapGroup("/customers/me/reviews").WithTags("Customers").RequireCustomer().Refuses(404, "not_found");
        mine.MapGet("/", ListMine).WithName("ListMyReviews");
        mine.MapPost("/", ReviewProduct).WithName("ReviewProduct").Refuses(400, "rating_invalid", "text_invalid", "author_invalid").Refuses(409, "already_reviewed");
        mine.MapGet("/{reviewId:guid}", GetMine).WithName("GetMyReview");
        mine.MapPost("/{reviewId:guid}/withdraw", Withdraw).WithName("WithdrawReview").For(Purpose.Attend);
    }

    private static void OfOrder(RouteHandlerBuilder review) => review
        .For(Purpose.WindUp)
        .Refuses(400, "rating_invalid", "text_invalid", "author_invalid")
        .Refuses(404, "not_found")
        .Refuses(409, "order_not_handed_over", "already_reviewed", "customer_erased")
        .Refuses(422, "nothing_delivered");

    private static RouteHandlerBuilder Moderating(RouteHandlerBuilder step) =>
        step.RequirePermission(Permissions.ReviewsModerate).For(Purpose.WindUp).Refuses(404, "not_found").Refuses(409, "illegal_transition");

    private static async Task<PageAnswer<ReviewBody>> List(
        Choice<ReviewStatus>? status, Choice<ReviewKind>? kind, Guid? productId, Guid? orderId, int? rating, Paging paging, IMediator mediator, CancellationToken cancellationToken)
    {
        var query = new ListReviews(
            paging, status?.Value, kind?.Value, productId is { } product ? new ProductId(product) : null, orderId is { } order ? new OrderId(order) : null, rating);
        return Answers.Page(await mediator.Send(query, cancellationToken), ReviewBody.Of);
    }

    private static async Task<OkAnswer<ReviewBody>> Get(Guid reviewId, IMediator mediator, CancellationToken cancellationToken)
    {
        var review = await mediator.Send(new GetReview(new(reviewId)), cancellationToken);
        return Answers.Ok(ReviewBody.Of(review), review.Version);
    }

    private static async Task<NoContentAnswer> Approve(Guid reviewId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ApproveReview(new(reviewId), ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> Reject(Guid reviewId, RejectReviewRequest? request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new RejectReview(new(reviewId), request?.Reason, ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> Reply(Guid reviewId, ReplyToReviewRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ReplyToReview(new(reviewId), request.Text, ifMatch.Version), cancellationToken));

    private static async Task<OkAnswer<ReviewSettingsBody>> GetSettings(IMediator mediator, CancellationToken cancellationToken)
    {
        var settings = await mediator.Send(new GetReviewSettings(), cancellationToken);
        return Answers.Ok(new ReviewSettingsBody(settings.State.Moderation), settings.Version);
    }

    private static async Task<NoContentAnswer> ChangeSettings(ChangeReviewSettingsRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ChangeReviewSettings(request.Moderation, ifMatch.Version), cancellationToken));

    private static async Task<ProductReviewsAnswer> ListOfProduct(string subdomain, string idOrSlug, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        new(ProductReviewsBody.Of(await mediator.Send(new ListProductReviews(idOrSlug, paging), cancellationToken)));

    private static async Task<CreatedAnswer<SubmittedReviewBody>> ReviewOrder(
        Guid orderId, string token, ReviewOrderRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var order = (await mediator.Send(new TrackOrder(new(orderId), token), cancellationToken)).Order;
        var receipt = await mediator.Send(request.ToCommand(order, account: null), cancellationToken);
        return Answers.Created($"/orders/{orderId}?token={token}", SubmittedReviewBody.Of(receipt), receipt);
    }

    private static async Task<CreatedAnswer<SubmittedReviewBody>> ReviewOwnOrder(
        Guid orderId, ReviewOrderRequest request, Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        var order = (await mediator.Send(new GetCustomerOrder(caller.Customer(), new(orderId)), cancellationToken)).Order;
        return Submitted(await mediator.Send(request.ToCommand(order, caller.Customer()), cancellationToken));
    }

    private static async Task<CreatedAnswer<SubmittedReviewBody>> ReviewProduct(ReviewProductRequest request, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Submitted(await mediator.Send(
            new ReviewProduct(caller.Customer(), new(request.ProductId), request.Rating, new(request.Text, request.Author)), cancellationToken));

    private static CreatedAnswer<SubmittedReviewBody> Submitted(ReviewReceipt receipt) =>
        Answers.Created($"/customers/me/reviews/{receipt.ReviewId}", SubmittedReviewBody.Of(receipt), receipt);

    private static async Task<PageAnswer<OwnReviewBody>> ListMine(Paging paging, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListMyReviews(caller.Customer(), paging), cancellationToken), OwnReviewBody.Written);

    private static async Task<OkAnswer<OwnReviewBody>> GetMine(Guid reviewId, Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        var review = await mediator.Send(new GetMyReview(caller.Customer(), new(reviewId)), cancellationToken);
        return Answers.Ok(OwnReviewBody.Written(review), review.Version);
    }

    private static async Task<NoContentAnswer> Withdraw(Guid reviewId, IfMatch ifMatch, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new WithdrawReview(caller.Customer(), new(reviewId), ifMatch.Version), cancellationToken));
}
