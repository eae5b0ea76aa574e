using Mainstreet.Api.Tests.Orders;

namespace Mainstreet.Api.Tests.Deliveries;

public sealed class FailingADelivery(ApiFixture api)
{
    [Fact]
    public async Task Before_the_goods_left_another_driver_fetches_them()
    {
        var acme = await api.NewBusiness("acme");
        var (dana, emil, order) = (await api.NewDriver(acme), await api.NewDriver(acme, "Emil"), await api.NewOrder(acme));
        var first = await api.Assign(acme, order, dana);
        await dana.Drive(first, "to_business");
        await Fail(dana, first, "accident");
        (await acme.Sold(order)).Status.ShouldBe("ready");
        var failed = (await api.As(acme).Get($"/business/deliveries/{first}").Returns(200)).Json;
        (failed.GetProperty("failure_reason").GetString(), failed.GetProperty("note").GetString()).ShouldBe(("accident", "as told"));

        var second = await api.Assign(acme, order, emil);
        second.ShouldNotBe(first);
        await emil.Drive(second, "at_pickup", "picked_up");
        (await acme.Stock(order.Variant)).ShouldBe((8, 0, 8));
        await dana.Report(first, "to_business", expected: 409);
        (await api.As(acme).Get($"/business/deliveries?order_id={order.Id}").Returns(200)).Data.Length.ShouldBe(2);
    }

    [Fact]
    public async Task On_the_way_it_fails_the_order_which_is_tried_again_and_issued_once()
    {
        var acme = await api.NewBusiness("acme");
        var (dana, order) = (await api.NewDriver(acme), await api.NewOrder(acme));
        var first = await api.Assign(acme, order, dana);
        await dana.Drive(first, "at_pickup", "picked_up", "en_route");
        await Fail(dana, first, "customer_absent");
        (await Fail(dana, first, "customer_absent")).ETag.ShouldBe("\"v6\"");
        (await acme.Sold(order)).Status.ShouldBe("delivery_failed");
        await api.As(acme).Post($"/business/orders/{order.Id}/assign", new { driver_id = dana.Id }).Refused(409, "illegal_transition");

        await api.As(acme).Post($"/business/orders/{order.Id}/redeliver").Returns(204);
        var second = await api.Assign(acme, order, dana);
        await dana.Drive(second, "at_pickup", "picked_up", "en_route", "arrived");
        await dana.Session.Post($"/driver/deliveries/{second}/proof", new { code = "4711" }).Returns(204);
        await dana.Session.Post($"/driver/deliveries/{second}/collect-cash", new { amount = new { amount = order.Total, currency = "EUR" } }).Returns(204);
        await dana.Report(second, "delivered");
        (await acme.Sold(order)).Status.ShouldBe("delivered");
        (await acme.Stock(order.Variant)).ShouldBe((8, 0, 8));
    }

    [Fact]
    public async Task What_comes_back_is_on_the_shelf_again()
    {
        var acme = await api.NewBusiness("acme");
        var (dana, order) = (await api.NewDriver(acme), await api.NewOrder(acme));
        var delivery = await api.Assign(acme, order, dana);
        await dana.Drive(delivery, "at_pickup", "picked_up");
        await Fail(dana, delivery, "refused");
        (await acme.Stock(order.Variant)).ShouldBe((8, 0, 8));
        await api.As(acme).Post($"/business/orders/{order.Id}/return").Returns(204);

        (await acme.Stock(order.Variant)).ShouldBe((10, 0, 10));
        (await acme.Sold(order)).ShouldBe(("returned", "voided"));
        (await api.History(acme, "orders", order.Id))[^2].ShouldBe(("order.delivery_failed", "driver", dana.Id));
        await api.As(acme).Post($"/business/orders/{order.Id}/assign", new { driver_id = dana.Id }).Refused(409, "illegal_transition");
    }

    [Fact]
    public async Task Of_a_canceled_order_nobody_fetches_anything()
    {
        var acme = await api.NewBusiness("acme");
        var (dana, order) = (await api.NewDriver(acme), await api.NewOrder(acme));
        var delivery = await api.Assign(acme, order, dana);
        await dana.Drive(delivery, "at_pickup");
        await api.As(acme).Post($"/business/orders/{order.Id}/cancel", new { reason = "sold_out" }).Returns(204);

        await dana.Session.Get($"/driver/deliveries/{delivery}").Until(answer => answer.Json.GetProperty("status").GetString() == "canceled");
        await dana.Session.Get("/driver/assignments").Until(answer => answer.Data.Length == 0);
        await dana.Report(delivery, "picked_up", expected: 409);
        (await acme.Stock(order.Variant)).ShouldBe((10, 0, 10));
        await api.As(acme).Post($"/business/orders/{order.Id}/assign", new { driver_id = dana.Id }).Refused(409, "illegal_transition");
    }

    private static Task<ApiAnswer> Fail(TestDriver driver, Guid delivery, string reason) =>
        driver.Session.Patch($"/driver/deliveries/{delivery}/status", new { status = "failed", reason, note = "as told" }).Returns(204);
}
