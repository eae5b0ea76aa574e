using Mainstreet.Api.Tests.Deliveries;

namespace Mainstreet.Api.Tests.Webhooks;

/// <summary>The receiver says 410 first, so that it stands with one message that it has not taken.</summary>
public sealed class ResumingAWebhook(ApiFixture api)
{
    [Fact]
    public async Task Where_it_stopped_fifty_events_follow_in_order_with_their_ids()
    {
        await using var receiver = await WebhookReceiver.Start();
        var shop = await api.NewBusiness();
        var webhook = await shop.NewWebhook(receiver, ordering: "strict");
        var positions = new List<long> { await Gone(shop, webhook, receiver) };
        for (var i = 1; i < 50; i++)
        {
            positions.Add(await shop.Rename($"Name {i}"));
        }

        await Enable(shop, webhook, new { resume_from = "last_acked" });

        var received = await receiver.Next(50);
        received.Select(message => message.Position).ShouldBe(positions);
        received.Select(message => message.Id).ShouldBe((await shop.Owner.Get($"/events?types=storefront.updated&after={positions[0] - 1}&limit=50").Returns(200)).Data
            .Select(e => e.GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Now_nothing_of_what_waits_is_sent()
    {
        await using var receiver = await WebhookReceiver.Start();
        var shop = await api.NewBusiness();
        var webhook = await shop.NewWebhook(receiver);
        await Gone(shop, webhook, receiver);
        await shop.Rename("Missed");

        await Enable(shop, webhook, new { resume_from = "now" });
        var next = await shop.Rename("Next");

        (await receiver.Next()).Position.ShouldBe(next);
        (await shop.Owner.Get($"{webhook.Path}/deliveries?status=canceled").Returns(200)).Data.Length.ShouldBe(2);
    }

    [Fact]
    public async Task From_a_position_behind_the_first_one_that_waits_the_earlier_ones_are_not_sent()
    {
        await using var receiver = await WebhookReceiver.Start();
        var shop = await api.NewBusiness();
        var webhook = await shop.NewWebhook(receiver, ordering: "strict");
        await Gone(shop, webhook, receiver);
        var (second, third) = (await shop.Rename("Second"), await shop.Allow(7));

        await Enable(shop, webhook, new { resume_from = "position", position = second });

        (await receiver.Next(2)).Select(message => message.Position).ShouldBe([second, third]);
        (await shop.Owner.Get($"{webhook.Path}/deliveries?status=canceled").Returns(200)).Data.Length.ShouldBe(1);
    }

    [Fact]
    public async Task From_a_position_before_the_last_one_that_was_taken_all_is_sent_again_from_there_and_each_once()
    {
        await using var receiver = await WebhookReceiver.Start();
        var shop = await api.NewBusiness();
        var webhook = await shop.NewWebhook(receiver, ordering: "strict");
        var (first, second) = (await shop.Rename("First"), await shop.Rename("Second"));
        await receiver.Next(2);
        long[] positions = [second, await Gone(shop, webhook, receiver), await shop.Rename("Fourth"), await shop.Allow(9)];

        await Enable(shop, webhook, new { resume_from = "position", position = first + 1 });

        (await receiver.Next(4)).Select(message => message.Position).ShouldBe(positions);
        var later = await shop.Rename("Later");
        (await receiver.Next()).Position.ShouldBe(later);
        (await shop.Owner.Get($"{webhook.Path}/replays").Returns(200)).Data.Length.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_asked_for_is_checked()
    {
        await using var receiver = await WebhookReceiver.Start();
        var shop = await api.NewBusiness();
        var webhook = await shop.NewWebhook(receiver);
        var enable = $"{webhook.Path}/enable";

        await shop.Owner.Post(enable, new { resume_from = "now" }).Refused(409, "webhook_endpoint_enabled");
        await shop.Owner.Post(enable).Returns(204);
        await shop.Owner.Post($"{webhook.Path}/disable").Returns(204);
        (await shop.Owner.Post(enable, new { resume_from = "position" }).Returns(400)).Faults.ShouldBe(["/position not_null"]);
        (await shop.Owner.Post(enable, new { resume_from = "now", position = 3 }).Returns(400)).Faults.ShouldBe(["/position null"]);
        (await shop.Owner.Post(enable, new { resume_from = "position", position = 100_000 }).Refused(422, "position_ahead")).Faults.ShouldBe(["/position position_ahead"]);
        await shop.Owner.Post(enable, new { resume_from = "yesterday" }).Returns(400);
        (await shop.Owner.Get(webhook.Path).Returns(200)).Json.GetProperty("enabled").GetBoolean().ShouldBeFalse();
    }

    /// <summary>The position of the event that was refused.</summary>
    private static async Task<long> Gone(TestBusiness shop, TestWebhook webhook, WebhookReceiver receiver)
    {
        receiver.Answers = _ => Task.FromResult(new Answer(410));
        var refused = await shop.Rename("Refused");
        await receiver.Next();
        await shop.Owner.Get(webhook.Path).Until(answer => !answer.Json.GetProperty("enabled").GetBoolean());
        receiver.Answers = _ => Task.FromResult(new Answer(200));
        return refused;
    }

    private static Task<ApiAnswer> Enable(TestBusiness shop, TestWebhook webhook, object from) => shop.Owner.Post($"{webhook.Path}/enable", from).Returns(204);
}
