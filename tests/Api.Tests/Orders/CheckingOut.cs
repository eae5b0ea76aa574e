using Mainstreet.Domain;
using static Mainstreet.Api.Tests.Orders.OrderStarters;

namespace Mainstreet.Api.Tests.Orders;

public sealed class CheckingOut(ApiFixture api)
{
    [Fact]
    public async Task A_guest_buys_at_the_prices_taxes_and_fees_of_the_shop()
    {
        var acme = await api.NewBusiness("acme");
        var (lamp, cheese) = (await acme.Sell("Lamp", 4900), await acme.Sell("Cheese", 1799, stock: 0));
        await acme.Owner.Post($"/business/stock/items/{cheese}/receive", new { quantity = 10 }).Returns(204);
        await acme.Deliver(fee: 390);
        await acme.Owner.Patch("/business/settings", new { tax_rate_percent = 19, order_prefix = "A-" }).Returns(204);

        var placed = await api.Guest.Post("/customers/guest-checkout", new Basket(new(lamp, 2), new(cheese, 0.5m, "Sliced, please"))
        {
            Storefront = acme.Subdomain,
            Tip = Eur(200),
            ExpectedTotal = Eur(11290),
        }.Delivered()).Key("first").Returns(201);

        var (order, totals) = (placed.Order(), placed.Json.GetProperty("totals"));
        placed.ETag.ShouldBe("\"v1\"");
        placed.Header("Location").ShouldBe($"/api/v1{order.GuestPath()}");
        placed.Json.GetProperty("tracking").Text("url").ShouldBe($"/api/v1{order.GuestPath("/tracking")}");
        (order.Number, placed.Json.Text("status"), placed.Json.Text("payment_status")).ShouldBe(("A-1001", "pending", "cod_due"));
        (totals.Amount("subtotal"), totals.Amount("tax"), totals.Amount("delivery_fee"), totals.Amount("tip"), totals.Amount("total"))
            .ShouldBe((10700, 1709, 390, 200, 11290));
        totals.GetProperty("tax_included").GetBoolean().ShouldBeTrue();

        var sold = (await acme.Owner.Get(order.Path).Returns(200)).Json;
        sold.GetProperty("lines").EnumerateArray().Select(line => (line.Text("name"), line.GetProperty("quantity").GetDecimal(), line.Amount("subtotal"), line.Amount("tax")))
            .ShouldBe([("Lamp", 2, 9800, 1565), ("Cheese", 0.5m, 900, 144)]);
        sold.GetProperty("lines")[1].Text("note").ShouldBe("Sliced, please");
        (sold.GetProperty("customer").Text("email"), sold.GetProperty("address").Text("line")).ShouldBe(("carla@example.com", "Lindenstr. 1"));
        sold.Texts("allowed_transitions").ShouldBe(["confirm", "reject", "amend", "cancel"]);
        (await acme.Stock(lamp)).ShouldBe((10, 2, 8));
        (await acme.Stock(cheese)).ShouldBe((10, 0.5m, 9.5m));
    }

    [Fact]
    public async Task What_is_collected_needs_no_address_and_costs_no_fee()
    {
        var acme = await api.NewBusiness("acme");
        var shirt = await acme.Owner.Post("/business/products", new
        {
            name = "Shirt",
            variants = new[] { Size("S", 1990), Size("XL", 2190) },
            publish = true,
        }).Returns(201);
        await acme.Owner.Post("/business/storefront/publish").Returns(204);
        await acme.Deliver(fee: 390);
        await acme.Owner.Patch("/business/settings", new { tax_rate_percent = 7, prices_include_tax = false }).Returns(204);
        var large = shirt.Json.GetProperty("variants")[1].GetProperty("id").GetGuid();

        // two lines of one thing are one demand
        var placed = await api.Checkout(acme, new Basket(new(large), new(large, 2, "As a gift")) { Address = Basket.Home }).Returns(201);

        (placed.Order().Number, placed.Json.Text("payment_status"), placed.Json.GetProperty("totals").Amount("delivery_fee")).ShouldBe(("1001", "pending", 0));
        placed.Order().Total.ShouldBe(2190 + 4380 + 153 + 307);
        var sold = (await acme.Owner.Get(placed.Order().Path).Returns(200)).Json;
        sold.TryGetProperty("address", out _).ShouldBeFalse();
        sold.GetProperty("lines")[0].Text("variant_name").ShouldBe("XL");
        (await acme.Stock(large)).ShouldBe((3, 3, 0));

        static object Size(string size, long price) =>
            new { price = Eur(price), options = new[] { new { name = "Size", value = size } }, stock = new { quantity = 3 } };
    }

    [Fact]
    public async Task Who_comes_back_is_the_same_customer_of_the_same_business()
    {
        var (acme, globex) = (await api.NewBusiness("acme"), await api.NewBusiness("globex"));
        var (lamp, desk) = (await acme.Sell("Lamp"), await globex.Sell("Desk"));
        var first = await Customer(acme, new Basket(new BasketLine(lamp)));
        var again = await Customer(acme, new Basket(new BasketLine(lamp)) { Contact = new("C. Berg", "CARLA@example.com", "030 654321") });
        var other = await Customer(acme, new Basket(new BasketLine(lamp)) { Contact = new("Carl Berg", "carl@example.com", "030 123456") });
        var elsewhere = await Customer(globex, new Basket(new BasketLine(desk)));

        again.ShouldBe(first);
        new[] { first, other, elsewhere }.ShouldBeUnique();

        async Task<Guid> Customer(TestBusiness shop, Basket basket) =>
            (await shop.Owner.Get((await api.Buy(shop, basket)).Path).Returns(200)).Json.GetProperty("customer").GetProperty("id").GetGuid();
    }
}
