namespace Mainstreet.Api.Tests.Orders;

public sealed class CheckingOutAtOnce(ApiFixture api)
{
    [Fact]
    public async Task Of_a_hundred_who_want_the_last_ten_ten_get_one()
    {
        var acme = await api.NewBusiness("acme");
        var lamp = await acme.Sell(stock: 10);
        var basket = new Basket(new BasketLine(lamp));

        var answers = await Races.OfAHundred(() => api.Checkout(acme, basket));

        var (placed, refused) = (answers.Where(answer => answer.Status == 201).ToArray(), answers.Where(answer => answer.Status == 422).ToArray());
        (placed.Length, refused.Length).ShouldBe((10, 90));
        refused.ShouldAllBe(answer => answer.Json.GetProperty("code").GetString() == "out_of_stock");
        refused.ShouldAllBe(answer => answer.Faults.SequenceEqual(new[] { "/lines/0/quantity out_of_stock" }));
        placed.Select(answer => answer.Order().Number).Order().ShouldBe(Enumerable.Range(1001, 10).Select(number => $"{number}"));
        (await acme.Stock(lamp)).ShouldBe((10, 10, 0));

        // each of the ten took one from what was left
        var history = (await acme.Owner.Get($"/history/stock/{lamp}?limit=100").Returns(200)).Data;
        history.Count(entry => entry.Text("type") == "stock.reserved").ShouldBe(10);
        (await api.Buy(acme, await acme.Sell("Desk"))).Number.ShouldBe("1011");
    }

    [Fact]
    public async Task Of_a_hundred_who_want_the_last_one_one_gets_it()
    {
        var acme = await api.NewBusiness("acme");
        var lamp = await acme.Sell(stock: 1);
        var basket = new Basket(new BasketLine(lamp));
        for (var round = 1; round <= Races.Rounds; round++)
        {
            var answers = await Races.OfAHundred(() => api.Checkout(acme, basket));
            var winner = answers.Where(answer => answer.Status == 201).ShouldHaveSingleItem();
            answers.Except([winner]).ShouldAllBe(answer => answer.Status == 422 && answer.Json.GetProperty("code").GetString() == "out_of_stock");
            (await acme.Stock(lamp)).ShouldBe((1, 1, 0));
            await api.Guest.Post(winner.Order().GuestPath("/cancel")).Returns(204);
            (await acme.Stock(lamp)).ShouldBe((1, 0, 1));
        }
    }

    [Fact]
    public async Task Twenty_times_the_same_request_is_one_order()
    {
        var acme = await api.NewBusiness("acme");
        var lamp = await acme.Sell(stock: 30);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => api.Checkout(acme, new Basket(new BasketLine(lamp, 2))).Key("again").Send()));

        answers.ShouldAllBe(answer => answer.Status == 201);
        answers.Select(answer => answer.Said()).Distinct().ShouldHaveSingleItem();
        answers.Count(answer => answer.Header("Idempotency-Replayed") is null).ShouldBe(1);
        (await acme.Stock(lamp)).ShouldBe((30, 2, 28));
        (await acme.Owner.Get("/business/orders").Returns(200)).Data.ShouldHaveSingleItem();
        await api.Checkout(acme, new Basket(new BasketLine(lamp, 3))).Key("again").Refused(422, "idempotency_key_reused");
        (await acme.Stock(lamp)).ShouldBe((30, 2, 28));
    }

    [Fact]
    public async Task A_refusal_stays_one_when_it_is_asked_again()
    {
        var acme = await api.NewBusiness("acme");
        var lamp = await acme.Sell(stock: 1);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => api.Checkout(acme, new Basket(new BasketLine(lamp, 2))).Key("again").Send()));
        await acme.Owner.Post($"/business/stock/items/{lamp}/receive", new { quantity = 10 }).Returns(204);
        var later = await api.Checkout(acme, new Basket(new BasketLine(lamp, 2))).Key("again").Refused(422, "out_of_stock");

        answers.Append(later).Select(answer => answer.Said()).Distinct().ShouldHaveSingleItem();
        later.Header("Idempotency-Replayed").ShouldBe("true");
        (await acme.Stock(lamp)).ShouldBe((11, 0, 11));
        await api.Checkout(acme, new Basket(new BasketLine(lamp))).Key("again").Refused(422, "idempotency_key_reused");
        (await api.Checkout(acme, new Basket(new BasketLine(lamp, 2))).Key("anew").Returns(201)).Order().Number.ShouldBe("1001");
    }

    [Fact]
    public async Task It_needs_a_key()
    {
        var acme = await api.NewBusiness("acme");
        var basket = new Basket(new BasketLine(await acme.Sell()));
        var refused = await api.Guest.Post($"/storefronts/{acme.Subdomain}/orders", basket).Refused(400, "idempotency_key_required");
        refused.Faults.ShouldBe(["Idempotency-Key idempotency_key_required"]);
        await api.Guest.Post("/customers/guest-checkout", basket with { Storefront = acme.Subdomain }).Refused(400, "idempotency_key_required");
    }
}
