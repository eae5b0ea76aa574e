using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;

namespace Mainstreet.Api.Tests.Webhooks;

/// <summary>Filters, headers and rates of an endpoint.</summary>
public sealed class ChoosingEvents(ApiFixture api)
{
    [Fact]
    public async Task Only_orders_above_an_amount_arrive_also_in_a_replay()
    {
        await using var receiver = await WebhookReceiver.Start();
        var shop = await api.NewBusiness();
        var can = await shop.Sell("Watering can", 6000);
        var filters = new object[] { new { path = "/total/amount", op = "gt", value = 10000, event_types = new[] { "order.placed" } } };
        var webhook = await shop.NewWebhook(receiver, ["order.placed", "storefront.updated"], ordering: "strict", filters: filters);
        var (small, large) = (await api.Buy(shop, can), await api.Buy(shop, can, 2));
        await shop.Rename("Passes, for the filter is for orders");

        var received = await receiver.Next(2);
        received.Select(message => message.Type).ShouldBe(["order.placed", "storefront.updated"]);
        received[0].Subject.ShouldBe(large.Id);

        await shop.Owner.Patch(webhook.Path, new { filters = new object[] { new { path = "/total/amount", op = "lt", value = 10000 } } }).Returns(204);
        await shop.Owner.Post($"{webhook.Path}/replays", new { from_position = 0 }).Returns(201);
        (await receiver.Next()).Subject.ShouldBe(small.Id);

        await shop.Owner.Patch(webhook.Path, new { filters = Array.Empty<object>() }).Returns(204);
        (await shop.Owner.Get(webhook.Path).Returns(200)).Json.GetProperty("filters").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task What_is_wrong_with_a_filter_a_header_or_a_rate_is_named()
    {
        await using var receiver = await WebhookReceiver.Start();
        var shop = await api.NewBusiness();
        var webhook = await shop.NewWebhook(receiver);

        await Refused(new { filters = new object[] { new { path = "total", op = "eq", value = 1 } } }, "/filters/0/path filter_invalid");
        await Refused(new { filters = new object[] { new { path = "/a", op = "eq", value = 1 }, new { path = "/b", op = "gt", value = true } } }, "/filters/1/value filter_invalid");
        await Refused(new { filters = new object[] { new { path = "/a", op = "in", value = "x" } } }, "/filters/0/value filter_invalid");
        await Refused(new { filters = new object[] { new { path = "/a", op = "eq" } } }, "/filters/0/value filter_invalid");
        await Refused(new { filters = new object[] { new { path = "/a", op = "eq", value = new { b = 1 } } } }, "/filters/0/value filter_invalid");
        await Refused(new { filters = new object[] { new { path = "/a", op = "exists", event_types = new[] { "order.plased" } } } }, "/filters/0/event_types/0 filter_invalid");
        await Refused(new { headers = new[] { new { name = "webhook-id", value = "x" } } }, "/headers/0/name header_invalid");
        await Refused(new { headers = new[] { new { name = "Transfer-Encoding", value = "chunked" } } }, "/headers/0/name header_invalid");
        await Refused(new { headers = new[] { new { name = "X-A", value = "1" }, new { name = "x-a", value = "2" } } }, "/headers/1/name header_invalid");
        await Refused(new { headers = new[] { new { name = "X-A", value = "a\r\nHost: inside" } } }, "/headers/0/value header_invalid");
        await Refused(new { rate = new { max = 0, per = "second" } }, "/rate/max rate_invalid");
        await Refused(new { disable_after_days = 31 }, "/disable_after_days disable_after_invalid");

        async Task Refused(object change, string fault) => (await shop.Owner.Patch(webhook.Path, change).Returns(400)).Faults.ShouldBe([fault]);
    }

    [Fact]
    public async Task Headers_are_sent_shown_to_nobody_and_stay_with_their_server()
    {
        await using var receiver = await WebhookReceiver.Start();
        await using var other = await WebhookReceiver.Start();
        var shop = await api.NewBusiness();
        const string secret = "Bearer open-sesame";
        var webhook = await shop.NewWebhook(receiver, headers: new[] { new { name = "Authorization", value = secret }, new { name = "X-Shop", value = "acme" } });

        await shop.Rename("One");
        (await receiver.Next()).Headers["Authorization"].ShouldBe(secret);
        await shop.Owner.Patch(webhook.Path, new { url = receiver.Url("elsewhere"), headers = new object[] { new { name = "x-shop" } } }).Returns(204);
        await shop.Rename("Two");
        var second = await receiver.Next();
        (second.Path, second.Headers["Authorization"], second.Headers.ContainsKey("X-Shop")).ShouldBe(("/elsewhere", secret, false));
        var seen = await shop.Owner.Get(webhook.Path).Returns(200);
        seen.Json.GetProperty("headers").EnumerateArray().Select(name => name.GetString()).ShouldBe(["Authorization"]);
        foreach (var path in new[] { webhook.Path, $"/history/webhook-endpoints/{webhook.Id}", $"/webhook-deliveries/{(await shop.LastDelivery(webhook)).Id}", "/business/audit" })
        {
            (await shop.Owner.Get(path).Returns(200)).Text.ShouldNotContain("open-sesame");
        }

        await shop.Owner.Patch(webhook.Path, new { url = other.Url() }).Returns(204);
        await shop.Rename("Three");
        (await other.Next()).Headers.ContainsKey("Authorization").ShouldBeFalse();
    }

    [Fact]
    public async Task Headers_that_are_usually_of_a_body_are_sent_like_others()
    {
        await using var receiver = await WebhookReceiver.Start();
        var shop = await api.NewBusiness();
        await shop.NewWebhook(receiver, headers: new[] { new { name = "Expires", value = "never" }, new { name = "Allow", value = "ours" }, new { name = "Last-Modified", value = "x" } });

        await shop.Rename("One");

        var headers = (await receiver.Next()).Headers;
        (headers["Expires"], headers["Allow"], headers["Last-Modified"]).ShouldBe(("never", "ours", "x"));
    }

    [Fact]
    public async Task A_receiver_that_answers_what_it_was_sent_shows_no_secret_either()
    {
        await using var receiver = await WebhookReceiver.Start();
        receiver.Answers = received => Task.FromResult(new Answer(500, $"You said Authorization: {received.Headers["Authorization"]}."));
        var shop = await api.NewBusiness();
        var webhook = await shop.NewWebhook(receiver, headers: new[] { new { name = "Authorization", value = "Bearer open-sesame" } });

        await shop.Rename("One");
        await receiver.Next();

        var delivery = await shop.Owner.Get($"{webhook.Path}/deliveries").Until(answer => answer.Data[0].GetProperty("attempt_count").GetInt32() == 1);
        var shown = await shop.Owner.Get($"/webhook-deliveries/{delivery.Data[0].GetProperty("id").GetGuid()}").Returns(200);
        shown.Json.GetProperty("attempts")[0].GetProperty("response_body").GetString().ShouldBe("You said Authorization: ********.");
    }

    [Fact]
    public async Task A_business_has_so_many_endpoints_only()
    {
        await using var receiver = await WebhookReceiver.Start();
        var shop = await api.NewBusiness();
        var first = await shop.NewWebhook(receiver);
        for (var i = 1; i < 50; i++)
        {
            await shop.NewWebhook(receiver, path: $"hook{i}");
        }

        var another = new { url = receiver.Url(), event_types = new[] { "*" } };
        (await shop.Owner.Post("/webhook-endpoints", another).Refused(409, "webhook_endpoint_limit_reached")).Json.GetProperty("limit").GetInt32().ShouldBe(50);
        await shop.Owner.Delete(first.Path).Returns(204);
        await shop.Owner.Post("/webhook-endpoints", another).Returns(201);
    }

    [Fact]
    public async Task No_more_messages_go_in_a_minute_than_the_rate_allows_and_the_others_follow_in_order()
    {
        await using var receiver = await WebhookReceiver.Start();
        var shop = await api.NewBusiness(mode: "test");
        var webhook = await shop.NewWebhook(receiver, ordering: "strict", rate: new { max = 2, per = "minute" });
        var positions = new List<long>();
        for (var i = 1; i <= 5; i++)
        {
            positions.Add(await shop.Rename($"Name {i}"));
        }

        await receiver.Next(2);
        await shop.Advance("PT5M");
        await receiver.Next(3);

        receiver.All.Select(message => message.Position).ShouldBe(positions);
        var minutes = new List<string>();
        foreach (var delivery in (await shop.Owner.Get($"{webhook.Path}/deliveries").Returns(200)).Data)
        {
            var details = await shop.Owner.Get($"/webhook-deliveries/{delivery.GetProperty("id").GetGuid()}").Returns(200);
            minutes.Add(details.Json.GetProperty("attempts")[0].GetProperty("attempted_at").GetString()![..16]);
        }

        minutes.GroupBy(minute => minute).Select(group => group.Count()).Order().ShouldBe([1, 2, 2]); // the clock of a test business stands still in between
        await shop.Owner.Patch(webhook.Path, """{"rate":null}""").Returns(204);
        (await shop.Owner.Get(webhook.Path).Returns(200)).Json.TryGetProperty("rate", out _).ShouldBeFalse();
    }
}
