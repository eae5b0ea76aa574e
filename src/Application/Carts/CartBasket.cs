using Mainstreet.Application.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Carts;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Application.Carts;

/// <summary>What is known of a cart before it is checked out.</summary>
internal sealed record CartBasket(IReadOnlyList<BasketLine> Lines, DeliveryType DeliveryType) : IBasket
{
    public Address? Address => null;

    public DateTimeOffset? ScheduledFor => null;

    public Money? Tip => null;

    public string? CouponCode => null;

    public long? RedeemPoints => null;

    public static CartBasket Of(IEnumerable<CartItem> items, DeliveryType deliveryType) =>
        new([.. items.Select(item => new BasketLine(item.VariantId, item.Quantity, item.Note, item.Choices))], deliveryType);
}
