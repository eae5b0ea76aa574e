namespace Mainstreet.Api.Tests.Deliveries;

/// <summary>Requirement DRV-10 and question Q2: a driver sees what was assigned to that driver, and nothing else.</summary>
public sealed class WhatADriverSees(ApiFixture api)
{
    [Fact]
    public async Task Assignments_of_all_businesses_with_no_more_than_is_needed_to_choose()
    {
        var (acme, globex) = (await api.NewBusiness("acme"), await api.NewBusiness("globex"));
        var dana = await api.NewDriver(acme);
        await api.As(globex).Post("/business/drivers", new { name = "Dana", email = dana.Email, password = Starters.Password, vehicle_type = "bicycle" }).Returns(201);
        (await dana.Session.Get("/driver/assignments").Returns(200)).Data.ShouldBeEmpty();
        await api.NewOrder(acme);
        var first = await api.Assign(acme, await api.NewOrder(acme), dana);
        var second = await api.Assign(globex, await api.NewOrder(globex), dana);

        var answer = await dana.Session.Get("/driver/assignments").Until(list => list.Data.Length == 2);
        answer.Data.Select(row => (row.GetProperty("id").GetGuid(), row.GetProperty("business_id").GetGuid())).ShouldBe([(first, acme.Id), (second, globex.Id)], ignoreOrder: true);
        answer.Data[0].EnumerateObject().Select(member => member.Name)
            .ShouldBe(["id", "business_id", "order_number", "status", "pickup", "cash_to_collect", "assigned_at"]);
        answer.Text.ShouldNotContain("Lindenstr");
        answer.Text.ShouldNotContain("Carla");
    }

    [Fact]
    public async Task The_order_of_an_assigned_delivery_while_it_is_under_way()
    {
        var acme = await api.NewBusiness("acme");
        var (dana, order) = (await api.NewDriver(acme), await api.NewOrder(acme));
        var delivery = await api.Assign(acme, order, dana);
        var seen = (await dana.Session.Get($"/driver/deliveries/{delivery}").Returns(200)).Json;
        seen.GetProperty("allowed_statuses").EnumerateArray().Select(status => status.GetString()).ShouldBe(["to_business", "at_pickup", "failed"]);
        seen.GetProperty("drop_off").GetProperty("city").GetString().ShouldBe("Berlin");
        seen.GetProperty("contact").ToString().ShouldBe("""{"name":"Carla Berg","phone":"+49 30 123456"}""");
        var line = seen.GetProperty("order").GetProperty("lines").EnumerateArray().ShouldHaveSingleItem();
        (line.GetProperty("name").GetString(), line.GetProperty("quantity").GetDecimal(), line.GetProperty("note").GetString()).ShouldBe(("Watering can", 2m, "with a bow"));
        seen.GetProperty("order").GetProperty("payment_status").GetString().ShouldBe("cod_due");

        await dana.Session.Patch($"/driver/deliveries/{delivery}/status", new { status = "failed", reason = "accident", note = "Bent wheel" }).Returns(204);
        var over = await dana.Session.Get($"/driver/deliveries/{delivery}").Returns(200);
        over.Json.GetProperty("status").GetString().ShouldBe("failed");
        foreach (var gone in (string[])["drop_off", "contact", "order"])
        {
            over.Json.TryGetProperty(gone, out _).ShouldBeFalse(gone);
        }

        over.Text.ShouldNotContain("Carla");
    }

    [Fact]
    public async Task Nothing_of_other_drivers()
    {
        var acme = await api.NewBusiness("acme");
        var (dana, emil, order) = (await api.NewDriver(acme), await api.NewDriver(acme, "Emil"), await api.NewOrder(acme));
        var delivery = await api.Assign(acme, order, dana);
        foreach (var id in new[] { delivery, order.Id, Guid.NewGuid() })
        {
            await emil.Session.Get($"/driver/deliveries/{id}").Refused(404, "not_found");
            await emil.Session.Patch($"/driver/deliveries/{id}/status", new { status = "to_business" }).Refused(404, "not_found");
            await emil.Session.Post($"/driver/deliveries/{id}/proof", new { code = "4711" }).Refused(404, "not_found");
            await emil.Session.Post($"/driver/deliveries/{id}/collect-cash", new { amount = new { amount = 1, currency = "EUR" } }).Refused(404, "not_found");
        }

        (await emil.Session.Get("/driver/assignments").Returns(200)).Data.ShouldBeEmpty();
        await dana.Session.Get($"/driver/deliveries/{order.Id}").Refused(404, "not_found");
        (await api.As(acme).Get($"/business/deliveries/{delivery}").Returns(200)).Json.GetProperty("version").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task Whatever_position_of_a_business_the_driver_was_told()
    {
        var acme = await api.NewBusiness("acme");
        var (dana, order) = (await api.NewDriver(acme), await api.NewOrder(acme));
        var delivery = await api.Assign(acme, order, dana);
        foreach (var path in (string[])["/driver/me", "/driver/assignments", $"/driver/deliveries/{delivery}"])
        {
            await dana.Session.Get($"{path}?min_position=1000000000").Returns(200);
            await dana.Session.Get($"{path}?min_position=soon").Refused(400, "invalid_parameter");
        }
    }

    [Fact]
    public async Task Only_drivers_get_there()
    {
        var acme = await api.NewBusiness("acme");
        var (dana, order) = (await api.NewDriver(acme), await api.NewOrder(acme));
        var delivery = await api.Assign(acme, order, dana);
        await api.As(acme).Get("/driver/assignments").Refused(403, "missing_permission");
        await api.As(acme).Patch($"/driver/deliveries/{delivery}/status", new { status = "to_business" }).Refused(403, "missing_permission");
        await api.Guest.Get($"/driver/deliveries/{delivery}").Refused(401, "unauthenticated");
    }
}
