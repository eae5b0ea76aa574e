using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Carts;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Application.Carts;

/// <summary>How it is to get to the customer, and with which coupon. Errors: not_found (404); cart_checked_out, conflict (409); stale_version (412).</summary>
/// <param name="DeliveryType">Null: it stays.</param>
/// <param name="CouponCode">Null: it stays. Whether it is worth something is seen when the cart is read.</param>
public sealed record ChangeCart(CartId CartId, int? ExpectedVersion, DeliveryType? DeliveryType, Change<string>? CouponCode) : IRequest<Committed>;

/// <summary>Throws a cart away. Errors: not_found (404); cart_checked_out (409).</summary>
public sealed record DeleteCart(CartId CartId) : IRequest<Committed>;

internal sealed class ChangeCartValidator : AbstractValidator<ChangeCart>
{
    public ChangeCartValidator() => RuleFor(c => c.CouponCode!.To).MaximumLength(40).When(c => c.CouponCode is not null).OverridePropertyName("coupon_code");
}

internal sealed class ChangeCartHandler(CartSteps steps) : IRequestHandler<ChangeCart, Committed>
{
    public Task<Committed> Handle(ChangeCart command, CancellationToken cancellationToken) => steps.Change(
        command.CartId, command.ExpectedVersion,
        cart => cart with
        {
            DeliveryType = command.DeliveryType ?? cart.DeliveryType,
            CouponCode = command.CouponCode is { } given ? given.To : cart.CouponCode,
        },
        cancellationToken);
}

internal sealed class DeleteCartHandler(ICarts carts, CartSteps steps) : IRequestHandler<DeleteCart, Committed>
{
    public async Task<Committed> Handle(DeleteCart command, CancellationToken cancellationToken)
    {
        var cart = await steps.Get(command.CartId, cancellationToken);
        Check.That(!await steps.IsCheckedOut(cart, cancellationToken), CartErrors.CheckedOut);
        await carts.Remove(cart.Id, cancellationToken);
        return new(Version: 0);
    }
}
