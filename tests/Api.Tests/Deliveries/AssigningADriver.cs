using Mainstreet.Api.Tests.Orders;
using Mainstreet.Domain.Identity;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Api.Tests.Deliveries;

public sealed class AssigningADriver(ApiFixture api)
{
    [Fact]
    public async Task Begins_a_delivery_that_says_where_what_and_how_much()
    {
        var acme = await api.NewBusiness("acme");
        var (dana, order) = (await api.NewDriver(acme), await api.NewOrder(acme, OrderStatus.Confirmed));
        var assigned = await api.As(acme).Post($"/business/orders/{order.Id}/assign", new { driver_id = dana.Id }).Returns(200);
        assigned.ETag.ShouldBe("\"v2\"");
        assigned.Json.GetProperty("status").GetString().ShouldBe("assigned");

        var read = await api.As(acme).Get($"/business/deliveries/{assigned.Id}").Returns(200);
        read.ETag.ShouldBe("\"v2\"");
        var delivery = read.Json;
        delivery.GetProperty("order_id").GetGuid().ShouldBe(order.Id);
        delivery.GetProperty("driver").GetProperty("name").GetString().ShouldBe("Dana");
        delivery.GetProperty("pickup").GetProperty("name").GetString().ShouldBe("acme");
        delivery.GetProperty("drop_off").GetProperty("line").GetString().ShouldBe("Lindenstr. 1");
        delivery.GetProperty("contact").GetProperty("phone").GetString().ShouldBe("+49 30 123456");
        delivery.GetProperty("cash_to_collect").GetProperty("amount").GetInt64().ShouldBe(order.Total);
        delivery.GetProperty("fee").GetProperty("amount").GetInt64().ShouldBe(DeliveryStarters.Fee);
        delivery.GetProperty("timeline").EnumerateArray().Select(step => step.GetProperty("status").GetString()).ShouldBe(["unassigned", "assigned"]);
    }

    [Fact]
    public async Task Nothing_is_to_be_collected_for_an_order_that_was_paid()
    {
        var acme = await api.NewBusiness("acme", mode: "test");
        var (dana, order) = (await api.NewDriver(acme), await api.NewOrder(acme, prepaid: true));
        var delivery = await api.Assign(acme, order, dana);
        (await api.As(acme).Get($"/business/deliveries/{delivery}").Returns(200)).Json.TryGetProperty("cash_to_collect", out _).ShouldBeFalse();
        await dana.Drive(delivery, "at_pickup", "picked_up", "en_route", "arrived");
        await dana.Session.Post($"/driver/deliveries/{delivery}/collect-cash", new { amount = new { amount = 100, currency = "EUR" } }).Refused(422, "no_cash_due");
        await dana.Session.Post($"/driver/deliveries/{delivery}/proof", new { code = "4711" }).Returns(204);
        await dana.Report(delivery, "delivered");
        (await acme.Sold(order)).Status.ShouldBe("delivered");
    }

    [Fact]
    public async Task Of_two_drivers_assigned_at_once_one_has_the_order()
    {
        var acme = await api.NewBusiness("acme");
        var (dana, emil) = (await api.NewDriver(acme), await api.NewDriver(acme, "Emil"));
        for (var round = 0; round < 3; round++)
        {
            var order = await api.NewOrder(acme);
            var answers = await Task.WhenAll(new[] { dana, emil }.Select(driver =>
                api.As(acme).Post($"/business/orders/{order.Id}/assign", new { driver_id = driver.Id }).Send()));

            answers.Select(answer => answer.Status).Order().ShouldBe([200, 409]);
            answers.Single(answer => answer.Status == 409).Json.GetProperty("code").GetString().ShouldBe("illegal_transition");
            (await api.As(acme).Get($"/business/deliveries?order_id={order.Id}").Returns(200)).Data.ShouldHaveSingleItem();
        }
    }

    [Fact]
    public async Task Again_for_the_same_driver_changes_nothing_and_for_another_one_needs_an_unassign()
    {
        var acme = await api.NewBusiness("acme");
        var (dana, emil, order) = (await api.NewDriver(acme), await api.NewDriver(acme, "Emil"), await api.NewOrder(acme));
        var delivery = await api.Assign(acme, order, dana);
        (await api.As(acme).Post($"/business/orders/{order.Id}/assign", new { driver_id = dana.Id }).Returns(200)).ETag.ShouldBe("\"v2\"");
        var refused = await api.As(acme).Post($"/business/orders/{order.Id}/assign", new { driver_id = emil.Id }).Refused(409, "illegal_transition");
        refused.Json.GetProperty("allowed_transitions").EnumerateArray().Select(status => status.GetString()).ShouldBe(["unassigned", "canceled"]);

        await api.As(acme).Post($"/business/orders/{order.Id}/unassign", new { reason = "Flat tyre" }).Returns(204);
        await api.As(acme).Post($"/business/orders/{order.Id}/unassign").Returns(204);
        await dana.Report(delivery, "to_business", expected: 404);
        (await dana.Session.Get("/driver/assignments").Returns(200)).Data.ShouldBeEmpty();
        (await api.Assign(acme, order, emil)).ShouldBe(delivery);
        await dana.Session.Get($"/driver/deliveries/{delivery}").Refused(404, "not_found");
        await emil.Drive(delivery, "to_business", "at_pickup", "picked_up");
        await api.As(acme).Post($"/business/orders/{order.Id}/unassign").Refused(409, "illegal_transition");
    }

    [Fact]
    public async Task Is_possible_from_the_confirmation_until_the_goods_leave_and_for_deliveries_only()
    {
        var acme = await api.NewBusiness("acme");
        var dana = await api.NewDriver(acme);
        var pending = await api.NewOrder(acme, OrderStatus.Pending);
        var refused = await api.As(acme).Post($"/business/orders/{pending.Id}/assign", new { driver_id = dana.Id }).Refused(409, "illegal_transition");
        refused.Json.GetProperty("allowed_transitions").EnumerateArray().Select(step => step.GetString()).ShouldBe(["confirm", "reject", "amend", "cancel"]);
        var pickup = await api.NewOrder(acme, type: DeliveryType.Pickup);
        await api.As(acme).Post($"/business/orders/{pickup.Id}/assign", new { driver_id = dana.Id }).Refused(422, "not_for_delivery");
        await api.As(acme).Post($"/business/orders/{pickup.Id}/unassign").Refused(409, "not_assigned");
        (await api.As(acme).Get("/business/deliveries").Returns(200)).Data.ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_drivers_of_the_own_roster_and_orders_of_the_own_business_are_found()
    {
        var (acme, globex) = (await api.NewBusiness("acme"), await api.NewBusiness("globex"));
        var (dana, gero, order) = (await api.NewDriver(acme), await api.NewDriver(globex, "Gero"), await api.NewOrder(acme));
        foreach (var stranger in new[] { gero.Id, acme.User.Id, acme.Id, order.Id, Guid.Empty })
        {
            await api.As(acme).Post($"/business/orders/{order.Id}/assign", new { driver_id = stranger }).Refused(404, "not_found");
        }

        foreach (var thing in new[] { acme.Id, dana.Id, order.Variant, Guid.NewGuid() })
        {
            await api.As(acme).Post($"/business/orders/{thing}/assign", new { driver_id = dana.Id }).Refused(404, "not_found");
        }

        await api.As(globex).Post($"/business/orders/{order.Id}/assign", new { driver_id = gero.Id }).Refused(404, "not_found");
        var delivery = await api.Assign(acme, order, dana);
        await api.As(globex).Post($"/business/orders/{order.Id}/unassign").Refused(404, "not_found");
        await api.As(globex).Get($"/business/deliveries/{delivery}").Refused(404, "not_found");
        (await api.As(globex).Get($"/business/deliveries?order_id={order.Id}").Returns(200)).Data.ShouldBeEmpty();

        await api.As(acme).Delete($"/business/drivers/{dana.Id}").Returns(204);
        var next = await api.NewOrder(acme);
        await api.As(acme).Post($"/business/orders/{next.Id}/assign", new { driver_id = dana.Id }).Refused(404, "not_found");
        await dana.Report(delivery, "to_business");
    }

    [Fact]
    public async Task Needs_the_permission()
    {
        var acme = await api.NewBusiness("acme");
        var (dana, order) = (await api.NewDriver(acme), await api.NewOrder(acme));
        var staff = await api.NewMember(acme, Role.Staff);
        await staff.Post($"/business/orders/{order.Id}/assign", new { driver_id = dana.Id }).Refused(403, "missing_permission");
        await staff.Post($"/business/orders/{order.Id}/unassign").Refused(403, "missing_permission");
        await (await api.NewMember(acme, Role.Dispatcher)).Post($"/business/orders/{order.Id}/assign", new { driver_id = dana.Id }).Returns(200);
        (await staff.Get("/business/deliveries").Returns(200)).Data.ShouldHaveSingleItem();
        await dana.Session.Get("/business/deliveries").Refused(403, "missing_permission");
    }

    [Fact]
    public async Task Deliveries_are_listed_by_status_driver_and_order()
    {
        var acme = await api.NewBusiness("acme");
        var (dana, emil) = (await api.NewDriver(acme), await api.NewDriver(acme, "Emil"));
        var deliveries = new List<Guid>();
        foreach (var driver in new[] { dana, emil, dana })
        {
            deliveries.Add(await api.Assign(acme, await api.NewOrder(acme), driver));
        }

        await dana.Drive(deliveries[0], "to_business");
        (await Listed("")).ShouldBe(Enumerable.Reverse(deliveries));
        (await Listed($"driver_id={dana.Id}")).ShouldBe([deliveries[2], deliveries[0]]);
        (await Listed("status=to_business")).ShouldBe([deliveries[0]]);
        (await Listed($"status=assigned&driver_id={emil.Id}")).ShouldBe([deliveries[1]]);
        var first = (await api.As(acme).Get("/business/deliveries?limit=2").Returns(200)).Json;
        (await Listed($"limit=2&cursor={first.GetProperty("next_cursor").GetString()}")).ShouldBe([deliveries[0]]);
        await api.As(acme).Get($"/business/deliveries?limit=1&status=assigned&cursor={first.GetProperty("next_cursor").GetString()}").Refused(400, "invalid_cursor");
        await api.As(acme).Get("/business/deliveries?status=lost").Refused(400, "invalid_parameter");

        async Task<Guid[]> Listed(string query) =>
            [.. (await api.As(acme).Get($"/business/deliveries?{query}").Returns(200)).Data.Select(delivery => delivery.GetProperty("id").GetGuid())];
    }
}
