using Mainstreet.Api.Http;
using Mainstreet.Api.Storefronts;
using Mainstreet.Application;
using Mainstreet.Application.Orders;
using Mainstreet.Application.Reviews;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Api.Orders;

/// <summary>What guests do: buy at a storefront, then follow or cancel their order by its tracking token.</summary>
internal static class CheckoutEndpoints
{
    public static void MapCheckout(this IEndpointRouteBuilder api)
    {
        Ordering(api.MapPost("/customers/guest-checkout", GuestCheckout).WithName("GuestCheckout")).ResolveTenant<StorefrontInBody>();
        PayingWithSaved(Ordering(api.MapPost("/storefronts/{subdomain}/orders", PlaceOrder).WithName("PlaceOrder"))).OfStorefront();
        Pricing(api.MapPost("/storefronts/{subdomain}/orders/quote", Quote).WithName("QuoteOrder")).OfStorefront();

        var orders = api.MapGroup("/orders/{orderId:guid}").WithTags("Orders").Public().ResolveTenant<TrackingTokenTenant>();
        orders.MapGet("/", Get).WithName("GetTrackedOrder");
        orders.MapGet("/tracking", Track).WithName("TrackOrder");
        orders.MapPost("/cancel", Cancel).WithName("CancelTrackedOrder").For(Purpose.Attend).Refuses(409, "illegal_transition");
    }

    /// <summary>What every way to place an order needs, and how it is refused.</summary>
    internal static RouteHandlerBuilder Ordering(RouteHandlerBuilder checkout) => Pricing(checkout)
        .RequireIdempotencyKey()
        .Refuses(409, "already_exists")
        .Refuses(422, "price_changed", "in_the_past", "payment_method_not_available");

    /// <summary>What those who are signed in can do besides: pay with what they saved.</summary>
    internal static RouteHandlerBuilder PayingWithSaved(RouteHandlerBuilder checkout) => checkout.Refuses(
        422, "payment_method_needs_account", "payment_method_unknown", "payment_method_mismatch", "payment_method_expired", "payment_method_of_other_gateway");

    private static RouteHandlerBuilder Pricing(RouteHandlerBuilder pricing) => pricing
        .WithTags("Checkout")
        .Public()
        .Refuses(404, "not_found")
        .Refuses(
            422, "not_available", "choices_invalid", "out_of_stock", "storefront_closed", "scheduled_too_late", "delivery_not_offered", "outside_delivery_area", "position_required",
            "below_minimum_order", "currency_mismatch", "amount_out_of_range", "coupon_unknown", "coupon_expired", "coupon_not_yet_valid",
            "coupon_used_up", "coupon_used_by_customer", "coupon_not_applicable", "coupon_below_minimum", "loyalty_not_offered", "points_need_account",
            "points_below_minimum", "points_insufficient", "points_exceed_goods");

    private static Task<CreatedAnswer<PlacedOrderBody>> GuestCheckout(
        GuestCheckoutRequest request, ITenantContext tenant, ITrackingTokens tokens, IMediator mediator, CancellationToken cancellationToken) =>
        Place(
            new PlaceOrderRequest(
                request.Lines, request.DeliveryType, request.Contact, request.PaymentMethod, request.Address, request.ScheduledFor, request.Tip,
                request.ExpectedTotal, request.Id, request.CouponCode),
            tenant, tokens, mediator, cancellationToken);

    private static Task<CreatedAnswer<PlacedOrderBody>> PlaceOrder(
        string subdomain, PlaceOrderRequest request, ITenantContext tenant, ITrackingTokens tokens, IMediator mediator, CancellationToken cancellationToken) =>
        Place(request, tenant, tokens, mediator, cancellationToken);

    private static async Task<CreatedAnswer<PlacedOrderBody>> Place(
        PlaceOrderRequest request, ITenantContext tenant, ITrackingTokens tokens, IMediator mediator, CancellationToken cancellationToken) =>
        Placed(await mediator.Send(request.ToCommand(), cancellationToken), tenant, tokens);

    internal static CreatedAnswer<PlacedOrderBody> Placed(OrderReceipt receipt, ITenantContext tenant, ITrackingTokens tokens)
    {
        var token = tokens.Issue(tenant.Tenant, receipt.OrderId);
        return Answers.Created($"/orders/{receipt.OrderId}?token={token}", PlacedOrderBody.Of(receipt, token), receipt);
    }

    private static async Task<OkAnswer<QuoteBody>> Quote(string subdomain, QuoteRequest request, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(QuoteBody.Of(await mediator.Send(request.ToQuery(), cancellationToken)));

    private static async Task<OkAnswer<TrackedOrderBody>> Get(Guid orderId, string token, IMediator mediator, CancellationToken cancellationToken)
    {
        var detail = await mediator.Send(new TrackOrder(new OrderId(orderId), token), cancellationToken);
        return Answers.Ok(TrackedOrderBody.Of(detail, await mediator.Send(new FindOrderReview(detail.Order.OrderId, OfGuests: true), cancellationToken)), detail.Order.Version);
    }

    private static async Task<OkAnswer<TrackingBody>> Track(Guid orderId, string token, IMediator mediator, CancellationToken cancellationToken)
    {
        var detail = await mediator.Send(new TrackOrder(new OrderId(orderId), token), cancellationToken);
        return Answers.Ok(TrackingBody.Of(detail.Order), detail.Order.Version);
    }

    private static async Task<NoContentAnswer> Cancel(Guid orderId, string token, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken)
    {
        var order = (await mediator.Send(new TrackOrder(new OrderId(orderId), token), cancellationToken)).Order;
        return Answers.NoContent(await mediator.Send(new CancelOrder(order.OrderId, CanceledBy.Customer, "customer_request", ifMatch.Version), cancellationToken));
    }
}
