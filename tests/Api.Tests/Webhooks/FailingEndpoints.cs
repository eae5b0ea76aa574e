using System.Text.Json;
using Mainstreet.Api.Tests.Deliveries;

namespace Mainstreet.Api.Tests.Webhooks;

public sealed class FailingEndpoints(ApiFixture api)
{
    [Fact]
    public async Task An_endpoint_is_degraded_after_an_hour_and_disabled_after_its_days_and_its_owner_is_told_once()
    {
        await using var receiver = await WebhookReceiver.Start();
        receiver.Answers = message => Task.FromResult(new Answer(message.Path == "/fails" ? 500 : 200));
        var shop = await api.NewBusiness(mode: "test");
        var failing = await shop.NewWebhook(receiver, ["storefront.*"], path: "fails", disableAfterDays: 1);
        await shop.NewWebhook(receiver, ["webhook_endpoint.*"], path: "alarms");
        await shop.Rename("Renamed");
        await receiver.Next();
        await shop.Owner.Get($"{failing.Path}/stats").Until(answer => answer.Json.GetProperty("failures").GetInt32() == 1);

        await shop.Advance("PT4H");
        var degraded = (await shop.Owner.Get(failing.Path).Returns(200)).Json;
        (degraded.GetProperty("enabled").GetBoolean(), degraded.GetProperty("degraded").GetBoolean()).ShouldBe((true, true));
        await shop.Advance("P2D");
        await shop.Advance("P2D");

        var disabled = (await shop.Owner.Get(failing.Path).Returns(200)).Json;
        (disabled.GetProperty("enabled").GetBoolean(), disabled.GetProperty("disabled_reason").GetString()).ShouldBe((false, "failing"));
        receiver.All.Where(message => message.Path == "/alarms").Select(message => message.Type).ShouldBe(["webhook_endpoint.degraded", "webhook_endpoint.disabled"]);
        var mail = (await shop.Owner.Get($"/sandbox/outbox/messages?to={Uri.EscapeDataString(shop.User.Email)}").Returns(200)).Data
            .Where(message => message.GetProperty("template").GetString() == "webhook_endpoint.disabled").ShouldHaveSingleItem();
        mail.GetProperty("text").GetString()!.ShouldContain((await shop.LastDelivery(failing)).Id.ToString());
    }

    [Fact]
    public async Task An_endpoint_that_takes_messages_again_has_recovered()
    {
        await using var receiver = await WebhookReceiver.Start();
        var fails = true;
        receiver.Answers = message => Task.FromResult(new Answer(message.Path == "/fails" && Volatile.Read(ref fails) ? 500 : 200));
        var shop = await api.NewBusiness(mode: "test");
        var failing = await shop.NewWebhook(receiver, ["storefront.*"], path: "fails");
        await shop.NewWebhook(receiver, ["webhook_endpoint.*"], path: "alarms");
        await shop.Rename("Renamed");
        await receiver.Next();
        await shop.Owner.Get($"{failing.Path}/stats").Until(answer => answer.Json.GetProperty("failures").GetInt32() == 1);
        await shop.Advance("PT4H");

        Volatile.Write(ref fails, false);
        await shop.Advance("P1D");

        (await shop.Owner.Get(failing.Path).Returns(200)).Json.GetProperty("degraded").GetBoolean().ShouldBeFalse();
        receiver.All.Where(message => message.Path == "/alarms").Select(message => message.Type).ShouldBe(["webhook_endpoint.degraded", "webhook_endpoint.recovered"]);
        var stats = (await shop.Owner.Get($"{failing.Path}/stats?window=week").Returns(200)).Json;
        (stats.GetProperty("succeeded").GetInt32(), stats.GetProperty("backlog").GetInt32(), stats.GetProperty("circuit").GetString()).ShouldBe((1, 0, "closed"));
        stats.GetProperty("success_rate").GetDouble().ShouldBe(1.0 / stats.GetProperty("attempts").GetInt32());
        stats.GetProperty("latency_p95_ms").GetInt32().ShouldBeGreaterThanOrEqualTo(stats.GetProperty("latency_p50_ms").GetInt32());
    }

    [Fact]
    public async Task After_too_many_failures_one_message_is_tried_and_the_rest_follows_its_success()
    {
        await using var receiver = await WebhookReceiver.Start();
        var fails = true;
        receiver.Answers = _ => Task.FromResult(new Answer(Volatile.Read(ref fails) ? 500 : 200));
        var shop = await api.NewBusiness(mode: "test");
        var webhook = await shop.NewWebhook(receiver, ordering: "none");
        for (var i = 1; i <= 5; i++)
        {
            await shop.Rename($"Name {i}");
        }

        await receiver.Next(5);
        await shop.Owner.Get($"{webhook.Path}/stats").Until(answer => answer.Json.GetProperty("failures").GetInt32() == 5); // the answers are recorded one by one
        (await Stats(shop, webhook, "open")).GetProperty("backlog").GetInt32().ShouldBe(5);
        await shop.Rename("Waits, for the circuit is open");

        await shop.Advance("PT7S"); // more than the pause, and all are due again
        var probe = receiver.All.Skip(5).ToArray();
        probe.Length.ShouldBe(1);
        await Stats(shop, webhook, "open");

        Volatile.Write(ref fails, false);
        await shop.Advance("PT30M");
        receiver.All.Count.ShouldBe(6 + 6);
        (await Stats(shop, webhook, "closed")).GetProperty("backlog").GetInt32().ShouldBe(0);
    }

    private static async Task<JsonElement> Stats(TestBusiness shop, TestWebhook webhook, string circuit) =>
        (await shop.Owner.Get($"{webhook.Path}/stats").Until(answer => answer.Json.GetProperty("circuit").GetString() == circuit)).Json;
}
