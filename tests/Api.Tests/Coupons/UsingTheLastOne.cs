using Mainstreet.Api.Tests.Orders;

namespace Mainstreet.Api.Tests.Coupons;

public sealed class UsingTheLastOne(ApiFixture api)
{
    [Fact]
    public async Task Of_a_hundred_who_want_the_last_use_one_gets_it()
    {
        var acme = await api.NewBusiness("acme");
        var lamp = await acme.Sell(stock: 1_000);
        var coupon = await acme.NewCoupon(new { kind = "percentage", percent = 10, max_uses = 1 });
        var basket = new Basket(new BasketLine(lamp)) { CouponCode = "WELCOME" };

        for (var round = 1; round <= Races.Rounds; round++)
        {
            var answers = await Races.OfAHundred(() => api.Checkout(acme, basket));

            var winner = answers.Where(answer => answer.Status == 201).ShouldHaveSingleItem();
            answers.Except([winner]).ShouldAllBe(answer => answer.Status == 422 && answer.Json.GetProperty("code").GetString() == "coupon_used_up");
            (await acme.Uses(coupon)).ShouldBe(("used_up", 1));
            (await acme.Stock(lamp)).Reserved.ShouldBe(1);
            await api.Guest.Post(winner.Order().GuestPath("/cancel")).Returns(204);
            (await acme.Uses(coupon)).ShouldBe(("active", 0));
        }
    }

    [Fact]
    public async Task Of_fifty_orders_of_one_customer_as_many_as_one_may_get_it()
    {
        var acme = await api.NewBusiness("acme");
        var lamp = await acme.Sell(stock: 1_000);
        var coupon = await acme.NewCoupon(new { kind = "percentage", percent = 10, max_uses_per_customer = 2 });
        var basket = new Basket(new BasketLine(lamp)) { CouponCode = "WELCOME" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => api.Checkout(acme, basket).Send()));

        answers.Count(answer => answer.Status == 201).ShouldBe(2);
        answers.Where(answer => answer.Status != 201).ShouldAllBe(answer => answer.Json.GetProperty("code").GetString() == "coupon_used_by_customer");
        (await acme.Uses(coupon)).Used.ShouldBe(2);
    }
}
