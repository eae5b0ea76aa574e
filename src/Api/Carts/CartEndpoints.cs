using Mainstreet.Api.Customers;
using Mainstreet.Api.Http;
using Mainstreet.Api.Orders;
using Mainstreet.Api.Storefronts;
using Mainstreet.Application;
using Mainstreet.Application.Carts;
using Mainstreet.Application.Orders;
using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Api.Carts;

/// <summary>What somebody is about to buy at a storefront (ORD-01). A guest's cart opens to whoever knows its id; a customer's to them alone.</summary>
internal static class CartEndpoints
{
    public static void MapCarts(this IEndpointRouteBuilder api)
    {
        var carts = api.MapGroup("/storefronts/{subdomain}/carts").WithTags("Carts").Public().OfStorefront();
        carts.MapPost("/", Create).WithName("CreateCart").Refuses(404, "not_found").Refuses(409, "conflict");
        carts.MapGet("/{cartId:guid}", Get).WithName("GetCart").Refuses(422, "amount_out_of_range");

        var cart = carts.MapGroup("/{cartId:guid}").Refuses(409, "cart_checked_out", "conflict");
        cart.MapPatch("/", Change).WithName("ChangeCart");
        cart.MapDelete("/", Delete).WithName("DeleteCart").Produces(StatusCodes.Status204NoContent);
        cart.MapPost("/items", AddItem).WithName("AddCartItem").Refuses(422, "not_available", "choices_invalid", "cart_full", "invalid_quantity");
        cart.MapPatch("/items/{itemId:guid}", ChangeItem).WithName("ChangeCartItem").Refuses(422, "not_available", "choices_invalid", "invalid_quantity");
        cart.MapDelete("/items/{itemId:guid}", RemoveItem).WithName("RemoveCartItem");
        CheckoutEndpoints.PayingWithSaved(CheckoutEndpoints.Ordering(api.MapPost("/storefronts/{subdomain}/carts/{cartId:guid}/checkout", CheckOut).WithName("CheckOutCart")))
            .OfStorefront();

        var own = api.MapGroup("/customers/me/cart").WithTags("Carts").RequireCustomer();
        own.MapGet("/", GetOwn).WithName("GetCustomerCart").Refuses(404, "not_found").Refuses(422, "amount_out_of_range");
        own.MapPost("/merge", Merge).WithName("MergeCart").Refuses(404, "not_found").Refuses(409, "cart_checked_out", "cart_of_customer", "conflict")
            .Refuses(422, "cart_full", "invalid_quantity");
        api.MapPost("/customers/me/orders/{orderId:guid}/reorder", Reorder).WithTags("Carts").RequireCustomer().WithName("ReorderCustomerOrder")
            .Refuses(409, "conflict").Refuses(422, "nothing_to_reorder", "amount_out_of_range");
    }

    private static async Task<CreatedAnswer<CartReferenceBody>> Create(string subdomain, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(new CreateCart(), cancellationToken);
        return Answers.Created($"/storefronts/{subdomain}/carts/{receipt.CartId}", new CartReferenceBody(receipt.CartId.Value, receipt.Version), receipt);
    }

    private static async Task<OkAnswer<CartBody>> Get(string subdomain, Guid cartId, IMediator mediator, CancellationToken cancellationToken) =>
        Shown(await mediator.Send(new GetCart(new(cartId)), cancellationToken));

    private static async Task<OkAnswer<CartBody>> GetOwn(Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Shown(await mediator.Send(new GetCustomerCart(caller.Customer()), cancellationToken));

    private static async Task<NoContentAnswer> Change(
        string subdomain, Guid cartId, ChangeCartRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(request.ToCommand(new(cartId), ifMatch.Version), cancellationToken));

    private static async Task<IResult> Delete(string subdomain, Guid cartId, IMediator mediator, CancellationToken cancellationToken)
    {
        await mediator.Send(new DeleteCart(new(cartId)), cancellationToken);
        return Results.NoContent();
    }

    private static async Task<CreatedAnswer<CartReferenceBody>> AddItem(
        string subdomain, Guid cartId, BasketLineRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(new AddCartItem(new(cartId), ifMatch.Version, request.ToLine()), cancellationToken);
        return Answers.Created($"/storefronts/{subdomain}/carts/{cartId}", new CartReferenceBody(receipt.ItemId, receipt.Version), receipt);
    }

    private static async Task<NoContentAnswer> ChangeItem(
        string subdomain, Guid cartId, Guid itemId, ChangeCartItemRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(request.ToCommand(new(cartId), itemId, ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> RemoveItem(
        string subdomain, Guid cartId, Guid itemId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new RemoveCartItem(new(cartId), itemId, ifMatch.Version), cancellationToken));

    private static async Task<CreatedAnswer<CartReferenceBody>> Merge(MergeCartRequest request, Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(new MergeCart(caller.Customer(), new(request.GuestCartId)), cancellationToken);
        return Answers.Created("/customers/me/cart", new CartReferenceBody(receipt.CartId.Value, receipt.Version), receipt);
    }

    private static async Task<CreatedAnswer<ReorderedBody>> Reorder(Guid orderId, Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(new ReorderOrder(caller.Customer(), new(orderId)), cancellationToken);
        var cart = await mediator.Send(new FindCart(receipt.CartId), cancellationToken);
        return Answers.Created(
            "/customers/me/cart", new ReorderedBody(cart is null ? null : CartBody.Of(cart), receipt.Changes), receipt with { Version = cart?.Cart.Version ?? receipt.Version });
    }

    /// <summary>The order is the cart's own, so there is one however often it is asked for, and whoever asks again is told of it.</summary>
    private static async Task<CreatedAnswer<PlacedOrderBody>> CheckOut(
        string subdomain, Guid cartId, CheckOutCartRequest request, ITenantContext tenant, ITrackingTokens tokens, IMediator mediator, CancellationToken cancellationToken)
    {
        var cart = await mediator.Send(new GetCartToOrder(new(cartId)), cancellationToken);
        var order = request.ToCommand(cart);
        OrderReceipt receipt;
        try
        {
            receipt = await mediator.Send(order, cancellationToken);
        }
        catch (DomainException e) when (e.Error.SaysItExists)
        {
            receipt = (await mediator.Send(new GetOrderOfCart(new(cartId), order.Contact), cancellationToken)).Receipt;
        }

        return CheckoutEndpoints.Placed(receipt, tenant, tokens);
    }

    private static OkAnswer<CartBody> Shown(PricedCart cart) => Answers.Ok(CartBody.Of(cart), cart.Cart.Version);
}
