using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Application.Orders;

/// <summary>What somebody wants to buy, and how it is to get to them: to be priced, or to be ordered.</summary>
public interface IBasket
{
    IReadOnlyList<BasketLine> Lines { get; }

    DeliveryType DeliveryType { get; }

    Address? Address { get; }

    DateTimeOffset? ScheduledFor { get; }

    Money? Tip { get; }

    /// <summary>Of a coupon, in any case.</summary>
    string? CouponCode { get; }

    /// <summary>Points of the customer who is signed in; null: none.</summary>
    long? RedeemPoints { get; }
}

/// <summary>What somebody wants to buy. The note is for whoever prepares it.</summary>
/// <param name="Choices">With each one, of the product's option groups; null: nothing is chosen.</param>
public sealed record BasketLine(VariantId VariantId, decimal Quantity, string? Note = null, ChosenOption[]? Choices = null);

internal abstract class BasketValidator<TBasket> : AbstractValidator<TBasket> where TBasket : IBasket
{
    protected BasketValidator()
    {
        RuleFor(c => c.Lines).Must(lines => lines.Count is > 0 and <= OrderDraft.MaxLines).WithErrorCode("line_count")
            .WithMessage($"An order has 1 to {OrderDraft.MaxLines} lines.");
        RuleForEach(c => c.Lines).ChildRules(BasketRules.Check);
        RuleFor(c => c.Address!).ChildRules(AddressRules.Check).When(c => c.Address is not null);
        RuleFor(c => c.RedeemPoints).GreaterThan(0);
        RuleFor(c => c.Tip!.Value.Amount).InclusiveBetween(0, Money.MaxAmount).When(c => c.Tip is not null).OverridePropertyName("tip.amount");
    }
}

internal static class BasketRules
{
    public static readonly string TooMany = $"At most {ChosenOption.Max} choices are made with a line.";

    public static bool AreFew(ChosenOption[]? choices) => choices is not { Length: > ChosenOption.Max };

    public static void Check(InlineValidator<BasketLine> line)
    {
        line.RuleFor(l => l.VariantId.Value).NotEmpty();
        line.RuleFor(l => l.Quantity).Must(Quantities.IsPositive).WithErrorCode("invalid_quantity")
            .WithMessage($"A quantity is above 0, at most {Quantities.Max} and has at most 3 decimals.");
        line.RuleFor(l => l.Note).MaximumLength(500);
        line.RuleFor(l => l.Choices).Must(AreFew).WithErrorCode("choice_count").WithMessage(TooMany);
    }
}
