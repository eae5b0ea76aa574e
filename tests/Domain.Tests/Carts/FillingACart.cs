using Mainstreet.Domain.Carts;
using Mainstreet.Domain.Catalog;
using static Mainstreet.Domain.Tests.Orders.OrderSamples;

namespace Mainstreet.Domain.Tests.Carts;

public class FillingACart
{
    private static readonly VariantId Lamp = new(Uuid.Named("lamp"));
    private static readonly VariantId Bulb = new(Uuid.Named("bulb"));

    [Fact]
    public void More_of_the_same_is_one_item_at_the_last_price()
    {
        var cart = Empty().Add(Item(Lamp, 1, 4_900)).Add(Item(Lamp, 2, 3_900)).Add(Item(Lamp, 1, 3_900, "as a gift")).Add(Item(Bulb, 0.5m, 999));
        cart.Items.Select(item => (item.VariantId, item.Quantity, item.Price, item.Note))
            .ShouldBe([(Lamp, 3, Eur(3_900), null), (Lamp, 1, Eur(3_900), "as a gift"), (Bulb, 0.5m, Eur(999), null)]);
    }

    [Fact]
    public void What_becomes_like_another_item_takes_it_in()
    {
        var cart = Empty().Add(Item(Lamp, 1, 4_900)).Add(Item(Lamp, 2, 4_900, "warm"));
        var joined = cart.Change(cart.Items[1].Id, quantity: null, note: null, changesNote: true, Eur(3_900));
        joined.Items.ShouldBe([cart.Items[1] with { Quantity = 3, Note = null, Price = Eur(3_900) }]);
        joined.Add(Item(Lamp, 1, 3_900)).Items.ShouldHaveSingleItem().Quantity.ShouldBe(4);
    }

    [Fact]
    public void What_is_chosen_otherwise_is_another_item()
    {
        ChosenOption[] warm = [new(new(Uuid.Named("warm")), 1), new(new(Uuid.Named("dimmer")), 2)];
        var cart = Empty().Add(Item(Lamp, 1, 4_900)).Add(Item(Lamp, 1, 5_900) with { Choices = warm }).Add(Item(Lamp, 2, 5_900) with { Choices = [warm[1], warm[0]] });
        cart.Items.Select(item => (item.Quantity, item.Price)).ShouldBe([(1, Eur(4_900)), (3, Eur(5_900))]);
        cart.Change(cart.Items[1].Id, quantity: 2, null, changesNote: false, Eur(5_900)).Items[1].Choices.ShouldBe(warm);
        cart.Change(cart.Items[1].Id, null, null, changesNote: false, Eur(4_900), []).Items.ShouldHaveSingleItem().Quantity.ShouldBe(4);
    }

    [Fact]
    public void It_has_as_many_items_as_an_order_has_lines()
    {
        var full = Enumerable.Range(0, Cart.MaxItems).Aggregate(Empty(), (cart, i) => cart.Add(Item(Lamp, 1, 1, $"{i}")));
        Should.Throw<DomainException>(() => full.Add(Item(Lamp, 1, 1))).Error.Code.ShouldBe("cart_full");
        full.Add(Item(Lamp, 1, 1, "7")).Items[7].Quantity.ShouldBe(2);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("0.0001")]
    [InlineData("1000000.001")]
    [InlineData("79228162514264337593543950335")]
    public void A_quantity_is_one_of_an_order(string quantity)
    {
        var cart = Empty().Add(Item(Lamp, 1, 1));
        Should.Throw<DomainException>(() => cart.Change(cart.Items[0].Id, decimal.Parse(quantity), null, changesNote: false, Eur(1))).Error.Code.ShouldBe("invalid_quantity");
        Should.Throw<DomainException>(() => cart.Add(Item(Lamp, decimal.Parse(quantity), 1))).Error.Code.ShouldBe("invalid_quantity");
        Should.Throw<DomainException>(() => cart.Add(Item(Bulb, decimal.Parse(quantity), 1))).Error.Code.ShouldBe("invalid_quantity");
    }

    [Fact]
    public void A_guest_s_items_and_coupon_are_taken_along()
    {
        var own = Empty().Add(Item(Lamp, 1, 4_900));
        var guest = Empty().Add(Item(Lamp, 2, 4_900)).Add(Item(Bulb, 1, 999)) with { CouponCode = "WELCOME" };
        var merged = own.Merge(guest);
        (merged.Id, merged.CouponCode).ShouldBe((own.Id, "WELCOME"));
        merged.Items.Select(item => (item.VariantId, item.Quantity)).ShouldBe([(Lamp, 3), (Bulb, 1)]);
        (own with { CouponCode = "MINE" }).Merge(guest).CouponCode.ShouldBe("MINE");
    }

    [Fact]
    public void A_cart_is_one_order_and_another_cart_another() => Empty().OrderId.ShouldNotBe(Empty().OrderId);

    private static Cart Empty() => Cart.New(new(Guid.NewGuid()), account: null, Noon);

    private static CartItem Item(VariantId variant, decimal quantity, long price, string? note = null) => new(Uuid.New(), variant, quantity, note, Eur(price));
}
