using FluentValidation;
using Mainstreet.Application.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Carts;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Application.Carts;

/// <summary>
/// Puts something in, at today's price. Errors: not_found (404); cart_checked_out, conflict (409); stale_version (412); not_available, choices_invalid,
/// cart_full, invalid_quantity (422).
/// </summary>
public sealed record AddCartItem(CartId CartId, int? ExpectedVersion, BasketLine Line) : IRequest<CartItemReceipt>;

/// <param name="ItemId">What is there with the same choices and note is the same item.</param>
public sealed record CartItemReceipt(Guid ItemId, int Version) : Committed(Version);

/// <summary>Another quantity, note or choices, seen at today's price. Errors: as of <see cref="AddCartItem"/>, not_found (404) for the item too.</summary>
/// <param name="Quantity">Null: it stays.</param>
/// <param name="Note">Null: it stays.</param>
/// <param name="Choices">All of them; null: they stay.</param>
public sealed record ChangeCartItem(CartId CartId, Guid ItemId, int? ExpectedVersion, decimal? Quantity, Change<string>? Note, ChosenOption[]? Choices) : IRequest<Committed>;

/// <summary>Takes something out, or leaves it out. Errors: not_found (404) for the cart; cart_checked_out, conflict (409); stale_version (412).</summary>
public sealed record RemoveCartItem(CartId CartId, Guid ItemId, int? ExpectedVersion) : IRequest<Committed>;

internal sealed class AddCartItemValidator : AbstractValidator<AddCartItem>
{
    public AddCartItemValidator()
    {
        RuleFor(c => c.Line.VariantId.Value).NotEmpty().OverridePropertyName("variant_id");
        RuleFor(c => c.Line.Note).MaximumLength(500).OverridePropertyName("note");
        RuleFor(c => c.Line.Choices).Must(BasketRules.AreFew).WithErrorCode("choice_count").WithMessage(BasketRules.TooMany).OverridePropertyName("choices");
    }
}

internal sealed class ChangeCartItemValidator : AbstractValidator<ChangeCartItem>
{
    public ChangeCartItemValidator()
    {
        RuleFor(c => c.Note!.To).MaximumLength(500).When(c => c.Note is not null).OverridePropertyName("note");
        RuleFor(c => c.Choices).Must(BasketRules.AreFew).WithErrorCode("choice_count").WithMessage(BasketRules.TooMany);
    }
}

internal sealed class AddCartItemHandler(CartSteps steps) : IRequestHandler<AddCartItem, CartItemReceipt>
{
    public async Task<CartItemReceipt> Handle(AddCartItem command, CancellationToken cancellationToken)
    {
        await steps.Get(command.CartId, cancellationToken);
        var (line, choices) = (command.Line, command.Line.Choices);
        var added = new CartItem(
            Uuid.New(), line.VariantId, line.Quantity, line.Note, await steps.PriceOf(line.VariantId, choices, cancellationToken), choices is null ? null : CartItem.Kept(choices));
        var item = added.Id;
        var changed = await steps.Change(
            command.CartId, command.ExpectedVersion,
            cart =>
            {
                var next = cart.Add(added);
                item = next.Items.First(added.IsLike).Id;
                return next;
            },
            cancellationToken);
        return new(item, changed.Version);
    }
}

internal sealed class ChangeCartItemHandler(CartSteps steps) : IRequestHandler<ChangeCartItem, Committed>
{
    public async Task<Committed> Handle(ChangeCartItem command, CancellationToken cancellationToken)
    {
        var item = (await steps.Get(command.CartId, cancellationToken)).Find(command.ItemId);
        var price = await steps.PriceOf(item.VariantId, command.Choices ?? item.Choices, cancellationToken);
        return await steps.Change(
            command.CartId, command.ExpectedVersion,
            cart => cart.Change(command.ItemId, command.Quantity, command.Note?.To, command.Note is not null, price, command.Choices), cancellationToken);
    }
}

internal sealed class RemoveCartItemHandler(CartSteps steps) : IRequestHandler<RemoveCartItem, Committed>
{
    public Task<Committed> Handle(RemoveCartItem command, CancellationToken cancellationToken) =>
        steps.Change(command.CartId, command.ExpectedVersion, cart => cart.Remove(command.ItemId), cancellationToken);
}
