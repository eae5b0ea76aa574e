using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Webhooks;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.Events;

public sealed class PullingEvents(ApiFixture api)
{
    [Fact]
    public async Task An_event_reads_the_same_on_every_outlet()
    {
        await using var receiver = await WebhookReceiver.Start();
        var shop = await api.NewBusiness();
        await shop.NewWebhook(receiver);
        await using var listener = await api.Listen(shop);

        var position = await shop.Rename("Renamed");

        var told = System.Text.Encoding.UTF8.GetString((await receiver.Next()).Body);
        (await listener.Next()).Text.ShouldBe(told);
        (await shop.Owner.Get($"/events?after={position - 1}").Returns(200)).Data[0].GetRawText().ShouldBe(told);
    }

    [Fact]
    public async Task A_page_says_where_the_next_one_begins()
    {
        var shop = await api.NewBusiness();
        await shop.Sell();
        var all = await shop.Owner.Feed();

        var (paged, after, more) = (new List<long>(), 0L, true);
        while (more)
        {
            var page = await shop.Owner.Get($"/events?after={after}&limit=2").Returns(200);
            paged.AddRange(page.Data.Positions());
            (after, more) = (page.Json.GetProperty("next_position").GetInt64(), page.Json.GetProperty("has_more").GetBoolean());
            (page.Header("Link") is not null).ShouldBe(more);
            page.Header("Link")?.ShouldBe($"</api/v1/events?limit=2&after={after}>; rel=\"next\"");
        }

        paged.ShouldBe(all.Positions());
        paged.Count.ShouldBeGreaterThan(4);
    }

    [Fact]
    public async Task What_a_filter_hides_is_passed_over()
    {
        var shop = await api.NewBusiness();
        var before = await shop.Rename("One");
        var hidden = await shop.Allow(20);

        var page = await shop.Owner.Get($"/events?after={before}&types=storefront.*").Returns(200);

        page.Data.ShouldBeEmpty();
        page.Json.GetProperty("next_position").GetInt64().ShouldBe(hidden);
        (await shop.Owner.Feed(before - 1, "&types=storefront.*,order.placed")).Positions().ShouldBe([before]);
        (await shop.Owner.Feed(before - 1, "&types=storefront.updated&types=business_profile.*")).Positions().ShouldBe([before, hidden]);
        (await shop.Owner.Feed(before - 1, "&types=*")).Positions().ShouldBe([before, hidden]);
    }

    [Fact]
    public async Task What_followed_from_one_request_is_found_by_its_id()
    {
        var shop = await api.NewBusiness();
        var lamp = await shop.Sell();
        var orders = new[] { await api.Buy(shop, lamp), await api.Buy(shop, lamp) };
        var all = await shop.Owner.Feed();

        foreach (var order in orders)
        {
            var id = all.Single(e => e.Text("type") == "order.placed" && e.GetProperty("subject").GetProperty("id").GetGuid() == order.Id).GetProperty("correlation_id").GetGuid();
            var chain = await shop.Owner.Feed(query: $"&correlation_id={id}");
            chain.Positions().ShouldBe(all.Where(e => e.GetProperty("correlation_id").GetGuid() == id).Positions());
            chain.Select(e => e.Text("type")).ShouldContain("stock.reserved");
        }
    }

    [Fact]
    public async Task A_reader_waits_for_what_comes_next()
    {
        var shop = await api.NewBusiness();
        var before = await shop.Rename("One");

        var waiting = shop.Owner.Get($"/events?after={before}&types=storefront.*&wait=30").Returns(200);
        await shop.Allow(20);
        var position = await shop.Rename("Two");

        (await waiting).Data.Positions().ShouldBe([position]);
        (await waiting).Json.GetProperty("next_position").GetInt64().ShouldBe(position);
    }

    [Fact]
    public async Task A_reader_who_waits_in_vain_is_told_how_far_he_is()
    {
        var shop = await api.NewBusiness();
        var before = await shop.Rename("One");
        var hidden = await shop.Allow(20);

        var page = await shop.Owner.Get($"/events?after={before}&types=storefront.*&wait=1").Returns(200);

        page.Data.ShouldBeEmpty();
        page.Json.GetProperty("next_position").GetInt64().ShouldBe(hidden);
        page.Json.GetProperty("has_more").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_position_that_the_log_does_not_reach_is_gone()
    {
        var shop = await api.NewBusiness();
        var head = await shop.Rename("One");

        var answer = await shop.Owner.Get($"/events?after={head + 1}").Refused(410, "position_gone");

        answer.Json.GetProperty("head").GetInt64().ShouldBe(head);
        await shop.Owner.Get($"/events/stream?after={head + 1}").Refused(410, "position_gone");
        (await shop.Owner.Get($"/events?after={head}").Returns(200)).Data.ShouldBeEmpty();
    }

    /// <summary>As after a restore of an earlier state, when new events have taken the places of those that a reader has seen.</summary>
    [Fact]
    public async Task Who_has_seen_more_than_was_restored_is_told_though_the_log_has_grown_past_it()
    {
        var shop = await api.NewBusiness();
        var restored = await shop.Rename("Restored");
        var before = (await shop.Owner.Get("/events").Returns(200)).Json.GetProperty("epoch").GetInt64();
        var admin = await api.NewMember(TenantId.Platform, Role.PlatformAdmin);
        await admin.SteppedUp();

        var epoch = (await admin.Post("/admin/log-epochs").Returns(200)).Json.GetProperty("epoch").GetInt64();
        var seen = await shop.Rename("Not what the reader has seen here");
        await shop.Rename("And one more");

        var gone = await shop.Owner.Get($"/events?after={seen}&epoch={before}").Refused(410, "position_gone");
        gone.Json.GetProperty("head").GetInt64().ShouldBe(restored);
        await shop.Owner.Get($"/events/stream?after={seen}&epoch={before}").Refused(410, "position_gone");
        var again = await shop.Owner.Get($"/events?after={restored}&epoch={before}").Returns(200);
        again.Data.Length.ShouldBe(2);
        again.Json.GetProperty("epoch").GetInt64().ShouldBeGreaterThanOrEqualTo(epoch);
        again.Header("Log-Epoch").ShouldBe(again.Json.GetProperty("epoch").GetRawText());
        (await shop.Owner.Get($"/events?after={seen}&epoch={epoch}").Returns(200)).Data.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("epoch=-1", "epoch greater_than_or_equal")]
    [InlineData("types=order.plced", "types event_type_unknown")]
    [InlineData("types=order.*,*.placed", "types event_type_unknown")]
    [InlineData("wait=31", "wait inclusive_between")]
    [InlineData("limit=101", "limit inclusive_between")]
    [InlineData("after=-1", "after greater_than_or_equal")]
    [InlineData("correlation_id=x", "correlation_id invalid_parameter")]
    public async Task A_wrong_question_is_refused(string query, string fault)
    {
        var shop = await api.NewBusiness();
        (await shop.Owner.Get($"/events?{query}").Returns(400)).Faults.ShouldBe([fault]);
    }

    [Fact]
    public async Task Whoever_may_not_read_events_reads_none()
    {
        var shop = await api.NewBusiness();
        var driver = await api.NewDriver(shop);
        foreach (var session in (Session[])[await api.NewMember(shop, Role.Staff), driver.Session])
        {
            await session.Get("/events").Refused(403, "missing_permission");
            await session.Get("/events/stream").Refused(403, "missing_permission");
        }

        await (await api.NewMember(shop, Role.Accountant)).Get("/events").Returns(200);
        await api.Guest.Get("/events/stream").Refused(401, "unauthenticated");
    }
}
