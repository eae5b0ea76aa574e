namespace Mainstreet.Api.Tests.Orders;

public sealed class FollowingAnOrder(ApiFixture api)
{
    [Fact]
    public async Task Whoever_holds_the_token_sees_how_far_it_is_but_not_who_wants_it()
    {
        var acme = await api.NewBusiness("acme");
        var order = await api.Buy(acme, await acme.Sell(), 2);
        var promised = new DateTimeOffset(TimeProvider.System.GetUtcNow().Date.AddDays(1), TimeSpan.Zero);
        await acme.Owner.Post($"{order.Path}/confirm", new { promised_at = promised }).Returns(204);

        var seen = await api.Guest.Get(order.GuestPath()).Returns(200);
        seen.ETag.ShouldBe("\"v2\"");
        (seen.Json.Text("number"), seen.Json.Text("status"), seen.Json.GetProperty("totals").Amount("total")).ShouldBe(("1001", "confirmed", 9800));
        seen.Json.GetProperty("can_cancel").GetBoolean().ShouldBeFalse();
        seen.Text.ShouldNotContain("carla");

        var tracking = (await api.Guest.Get(order.GuestPath("/tracking")).Returns(200)).Json;
        tracking.GetProperty("promised_at").GetDateTimeOffset().ShouldBe(promised);
        tracking.GetProperty("timeline").EnumerateArray().Select(step => step.Text("status")).ShouldBe(["pending", "confirmed"]);
    }

    [Fact]
    public async Task Its_guest_cancels_it_until_it_is_confirmed()
    {
        var acme = await api.NewBusiness("acme");
        var lamp = await acme.Sell();
        var (given, kept) = (await api.Buy(acme, lamp, 2), await api.Buy(acme, lamp, 3));
        (await api.Guest.Get(given.GuestPath()).Returns(200)).Json.GetProperty("can_cancel").GetBoolean().ShouldBeTrue();
        await api.Guest.Post(given.GuestPath("/cancel")).IfMatch("\"v2\"").Refused(412, "stale_version");
        (await api.Guest.Post(given.GuestPath("/cancel")).Returns(204)).ETag.ShouldBe("\"v2\"");
        (await api.Guest.Post(given.GuestPath("/cancel")).Returns(204)).ETag.ShouldBe("\"v2\"");
        (await acme.Stock(lamp)).ShouldBe((10, 3, 7));
        (await acme.Sold(given)).ShouldBe(("canceled", "voided"));
        var canceled = (await acme.Owner.Get(given.Path).Returns(200)).Json;
        (canceled.Text("canceled_by"), canceled.Text("reason")).ShouldBe(("customer", "customer_request"));

        await acme.Owner.Post($"{kept.Path}/confirm").Returns(204);
        (await api.Guest.Post(kept.GuestPath("/cancel")).Refused(409, "illegal_transition")).Json.Texts("allowed_transitions").ShouldBeEmpty();
        (await acme.Stock(lamp)).ShouldBe((10, 3, 7));
    }

    [Fact]
    public async Task Without_its_token_there_is_no_order()
    {
        var (acme, globex) = (await api.NewBusiness("acme"), await api.NewBusiness("globex"));
        var lamp = await acme.Sell();
        var (order, another, elsewhere) = (await api.Buy(acme, lamp), await api.Buy(acme, lamp), await api.Buy(globex, await globex.Sell()));
        var forged = (order.Token[^2] == 'A' ? "B" : "A") + order.Token[^1];
        foreach (var token in new[] { "", "x", new string('x', 1000), order.Token + "A", order.Token[..^2] + forged, another.Token, elsewhere.Token, $"{Guid.Empty}" })
        {
            var stranger = order with { Token = token };
            await api.Guest.Get(stranger.GuestPath()).Refused(404, "not_found");
            await api.Guest.Get(stranger.GuestPath("/tracking")).Refused(404, "not_found");
            await api.Guest.Post(stranger.GuestPath("/cancel")).Refused(404, "not_found");
        }

        await api.Guest.Get($"/orders/{order.Id}").Refused(404, "not_found");
        await api.Guest.Get(order.Path).Refused(401, "unauthenticated");
        (await acme.Sold(order)).Status.ShouldBe("pending");
    }
}
