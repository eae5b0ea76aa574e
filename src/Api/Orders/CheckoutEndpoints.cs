using Mainstreet.Api.Http;
using Mainstreet.Api.Storefronts;
using Mainstreet.Application;
using Mainstreet.Application.Orders;
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
        Checkout(api.MapPost("/customers/guest-checkout", GuestCheckout).WithName("GuestCheckout")).ResolveTenant<StorefrontInBody>();
        Checkout(api.MapPost("/storefronts/{subdomain}/orders", PlaceOrder).WithName("PlaceOrder")).OfStorefront();

        var orders = api.MapGroup("/orders/{orderId:guid}").WithTags("Orders").Public().ResolveTenant<TrackingTokenTenant>();
        orders.MapGet("/", Get).WithName("GetTrackedOrder");
        orders.MapGet("/tracking", Track).WithName("TrackOrder");
        orders.MapPost("/cancel", Cancel).WithName("CancelTrackedOrder").For(Purpose.Attend).Refuses(409, "illegal_transition");
    }

    private static RouteHandlerBuilder Checkout(RouteHandlerBuilder checkout) => checkout
        .WithTags("Checkout")
        .Public()
        .RequireIdempotencyKey()
        .Refuses(404, "not_found")
        .Refuses(409, "already_exists")
        .Refuses(
            422, "not_available", "out_of_stock", "price_changed", "storefront_closed", "scheduled_too_late", "in_the_past", "delivery_not_offered",
            "outside_delivery_area", "below_minimum_order", "payment_method_not_available", "currency_mismatch",
            "amount_out_of_range");

    private static Task<CreatedAnswer<PlacedOrderBody>> GuestCheckout(
        GuestCheckoutRequest request, ITenantContext tenant, ITrackingTokens tokens, IMediator mediator, CancellationToken cancellationToken) =>
        Place(
            new PlaceOrderRequest(
                request.Lines, request.DeliveryType, request.Contact, request.PaymentMethod, request.Address, request.ScheduledFor, request.Tip,
                request.ExpectedTotal, request.Id),
            tenant, tokens, mediator, cancellationToken);

    private static Task<CreatedAnswer<PlacedOrderBody>> PlaceOrder(
        string subdomain, PlaceOrderRequest request, ITenantContext tenant, ITrackingTokens tokens, IMediator mediator, CancellationToken cancellationToken) =>
        Place(request, tenant, tokens, mediator, cancellationToken);

    private static async Task<CreatedAnswer<PlacedOrderBody>> Place(
        PlaceOrderRequest request, ITenantContext tenant, ITrackingTokens tokens, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(request.ToCommand(), cancellationToken);
        var path = $"/orders/{receipt.OrderId}?token={tokens.Issue(tenant.Tenant, receipt.OrderId)}";
        return Answers.Created(path, PlacedOrderBody.Of(receipt, tokens.Issue(tenant.Tenant, receipt.OrderId)), receipt);
    }

    private static async Task<OkAnswer<TrackedOrderBody>> Get(Guid orderId, string token, IMediator mediator, CancellationToken cancellationToken)
    {
        var detail = await mediator.Send(new TrackOrder(new OrderId(orderId), token), cancellationToken);
        return Answers.Ok(TrackedOrderBody.Of(detail), detail.Order.Version);
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

/// <param name="Storefront">The storefront's subdomain; it may be left out where a publishable key says which one.</param>
/// <param name="Address">Where to deliver; needed for a delivery.</param>
/// <param name="ScheduledFor">When it is wanted; left out: as soon as possible.</param>
/// <param name="ExpectedTotal">The total the customer saw: at another one the order is not placed, but answered with <c>price_changed</c>.</param>
/// <param name="Id">Chosen by the client, or left out.</param>
internal sealed record GuestCheckoutRequest(
    BasketLineRequest[] Lines,
    DeliveryType DeliveryType,
    ContactRequest Contact,
    PaymentMethod PaymentMethod,
    Address? Address = null,
    DateTimeOffset? ScheduledFor = null,
    Money? Tip = null,
    Money? ExpectedTotal = null,
    Guid? Id = null,
    string? Storefront = null);

/// <inheritdoc cref="GuestCheckoutRequest" />
internal sealed record PlaceOrderRequest(
    BasketLineRequest[] Lines,
    DeliveryType DeliveryType,
    ContactRequest Contact,
    PaymentMethod PaymentMethod,
    Address? Address = null,
    DateTimeOffset? ScheduledFor = null,
    Money? Tip = null,
    Money? ExpectedTotal = null,
    Guid? Id = null)
{
    public PlaceOrder ToCommand() => new(
        new OrderId(Id ?? Uuid.New()), [.. Lines.Select(line => new BasketLine(new VariantId(line.VariantId), line.Quantity, line.Note))], DeliveryType,
        new Contact(Contact.Name, Contact.Email, Contact.Phone), Address, PaymentMethod, ScheduledFor, Tip, ExpectedTotal);
}

/// <param name="Quantity">Above 0, with at most 3 decimals.</param>
/// <param name="Note">For whoever prepares it.</param>
internal sealed record BasketLineRequest(Guid VariantId, decimal Quantity, string? Note = null);

internal sealed record ContactRequest(string Name, string Email, string Phone);
