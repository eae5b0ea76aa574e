using System.Text.Json;
using Mainstreet.Api.Tests.Deliveries;

namespace Mainstreet.Api.Tests.Webhooks;

public sealed class ReplayingEvents(ApiFixture api)
{
    [Fact]
    public async Task A_new_endpoint_gets_the_whole_history_in_order_with_its_ids_and_then_what_happens()
    {
        await using var receiver = await WebhookReceiver.Start();
        var shop = await api.NewBusiness();
        await Task.WhenAll(Enumerable.Range(1, 550).Select(i => shop.Owner.Post("/business/categories", new { name = $"Category {i}" }).Returns(201))); // more than is filed at once
        var history = await History(shop);
        var webhook = await shop.NewWebhook(receiver, ["*"], ordering: "strict");

        var replay = await Replay(shop, webhook, new { from_position = 0 });
        var later = await shop.Rename("Later");
        var received = await receiver.Next(history.Count + 1);

        received.Select(message => (message.Id, message.Position)).ShouldBe([.. history, (received[^1].Id, later)]);
        received.ShouldAllBe(message => message.IsSignedWith(webhook.Secret));
        var done = await Ended(shop, webhook, replay);
        (done.GetProperty("status").GetString(), done.GetProperty("percent").GetInt32()).ShouldBe(("completed", 100));
        (Number(done, "filed"), Number(done, "delivered"), Number(done, "pending"), Number(done, "failed")).ShouldBe((history.Count, history.Count, 0, 0));
        (Number(done, "total"), Number(done, "examined")).ShouldBe((Number(done, "to_position"), Number(done, "to_position")));
        var told = (await receiver.Next()).Json;
        (told.GetProperty("type").GetString(), told.GetProperty("subject").GetProperty("id").GetGuid()).ShouldBe(("webhook_replay.completed", replay));
    }

    [Fact]
    public async Task A_stretch_by_position_time_and_type_is_sent_again_alone()
    {
        await using var receiver = await WebhookReceiver.Start();
        var shop = await api.NewBusiness(mode: "test");
        await shop.Rename("Before");
        await shop.Advance("PT1H");
        var webhook = await shop.NewWebhook(receiver, ordering: "strict");
        var (first, second, third) = (await shop.Rename("One"), await shop.Allow(7), await shop.Rename("Two"));
        var original = await receiver.Next(3);

        await Ended(shop, webhook, await Replay(shop, webhook, new { from_position = first, to_position = second }));
        (await receiver.Next(2)).Select(Sent).ShouldBe(original[..2].Select(Sent));

        await Ended(shop, webhook, await Replay(shop, webhook, new { from_time = original[0].Json.GetProperty("timestamp").GetString(), types = new[] { "storefront.*" } }));
        (await receiver.Next(2)).Select(message => message.Position).ShouldBe([first, third]);

        var before = original[0].Json.GetProperty("timestamp").GetDateTimeOffset().AddMinutes(-1);
        await Ended(shop, webhook, await Replay(shop, webhook, new { from_position = 0, to_time = before, types = new[] { "storefront.updated" } }));
        (await receiver.Next()).Json.GetProperty("data").GetProperty("settings").GetProperty("branding").GetProperty("company_name").GetString().ShouldBe("Before");
        (await shop.Owner.Get($"{webhook.Path}/replays").Returns(200)).Data.Length.ShouldBe(3);

        static (string, string) Sent(Received message) => (message.Id, message.Text);
    }

    [Fact]
    public async Task Other_endpoints_go_on_while_one_is_held_by_its_replay_and_a_canceled_one_sends_nothing_more()
    {
        await using var receiver = await WebhookReceiver.Start();
        receiver.Answers = message => Task.FromResult(new Answer(message.Path == "/fails" ? 500 : 200));
        var shop = await api.NewBusiness(mode: "test");
        await shop.Rename("Before");
        var (failing, well) = (await shop.NewWebhook(receiver, path: "fails", ordering: "strict"), await shop.NewWebhook(receiver, path: "well"));
        var replay = await Replay(shop, failing, new { from_position = 0 });
        await receiver.Next();

        var live = await shop.Rename("Live");
        var heard = await receiver.Next();

        (heard.Path, heard.Position).ShouldBe(("/well", live));
        await shop.Owner.Post($"{failing.Path}/replays", new { from_position = 0 }).Refused(409, "replay_running");
        receiver.Answers = _ => Task.FromResult(new Answer(200));
        await shop.Owner.Post($"{failing.Path}/replays/{replay}/cancel").Returns(204);
        var canceled = (await shop.Owner.Get($"{failing.Path}/replays/{replay}").Returns(200)).Json;
        (canceled.GetProperty("status").GetString(), Number(canceled, "pending")).ShouldBe(("canceled", 0));
        Number(canceled, "canceled").ShouldBe(Number(canceled, "filed"));
        var next = await receiver.Next();
        (next.Path, next.Position).ShouldBe(("/fails", live));
    }

    [Fact]
    public async Task What_is_asked_for_is_checked()
    {
        await using var receiver = await WebhookReceiver.Start();
        var shop = await api.NewBusiness();
        var webhook = await shop.NewWebhook(receiver);
        var path = $"{webhook.Path}/replays";
        var now = TimeProvider.System.GetUtcNow();

        (await shop.Owner.Post(path, new { }).Returns(400)).Faults.ShouldBe(["/from_position not_null"]);
        (await shop.Owner.Post(path, new { from_position = 1, from_time = now }).Returns(400)).Faults.ShouldBe(["/from_time null"]);
        (await shop.Owner.Post(path, new { from_position = -1 }).Returns(400)).Faults.ShouldBe(["/from_position greater_than_or_equal"]);
        (await shop.Owner.Post(path, new { from_position = 3, to_position = 2 }).Returns(400)).Faults.ShouldBe(["/to_position greater_than_or_equal"]);
        (await shop.Owner.Post(path, new { from_position = 1, types = new[] { "order.plased" } }).Returns(400)).Faults.ShouldBe(["/types/0 event_type_unknown"]);
        (await shop.Owner.Post(path, new { from_position = 100_000 }).Refused(422, "position_ahead")).Faults.ShouldBe(["/from_position position_ahead"]);
        (await shop.Owner.Post(path, new { from_position = 1, to_position = 100_000 }).Refused(422, "position_ahead")).Faults.ShouldBe(["/to_position position_ahead"]);
        await shop.Owner.Post(path, new { from_time = now.AddDays(1) }).Refused(422, "replay_empty");
        await shop.Owner.Post($"{webhook.Path}/disable").Returns(204);
        await shop.Owner.Post(path, new { from_position = 1 }).Refused(409, "webhook_endpoint_disabled");
    }

    private static async Task<Guid> Replay(TestBusiness shop, TestWebhook webhook, object range) =>
        (await shop.Owner.Post($"{webhook.Path}/replays", range).Returns(201)).Id;

    private static async Task<JsonElement> Ended(TestBusiness shop, TestWebhook webhook, Guid replay) =>
        (await shop.Owner.Get($"{webhook.Path}/replays/{replay}").Until(answer => answer.Json.GetProperty("status").GetString() != "running")).Json;

    private static long Number(JsonElement replay, string name) => replay.GetProperty(name).GetInt64();

    /// <summary>By the feed: the same ids.</summary>
    private static async Task<List<(string Id, long Position)>> History(TestBusiness shop)
    {
        var events = new List<(string, long)>();
        for (var after = 0L; ;)
        {
            var page = await shop.Owner.Get($"/events?after={after}&limit=100").Returns(200);
            events.AddRange(page.Data.Select(e => (e.GetProperty("id").GetString()!, e.GetProperty("position").GetInt64())));
            after = events[^1].Item2;
            if (!page.Json.GetProperty("has_more").GetBoolean())
            {
                return events;
            }
        }
    }
}
