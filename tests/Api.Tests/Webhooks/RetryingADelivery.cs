using System.Text.Json;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Privacy;

namespace Mainstreet.Api.Tests.Webhooks;

public sealed class RetryingADelivery(ApiFixture api)
{
    [Fact]
    public async Task Who_is_erased_while_a_run_waits_is_in_nothing_that_it_sends_afterwards()
    {
        await using var receiver = await WebhookReceiver.Start();
        var answer = new TaskCompletionSource<Answer>(TaskCreationOptions.RunContinuationsAsynchronously);
        receiver.Answers = _ => answer.Task;
        var shop = await api.NewBusiness();
        var webhook = await shop.NewWebhook(receiver, ["order.placed"], ordering: "strict");
        await shop.Owner.Post($"{webhook.Path}/disable").Returns(204);
        TestOrder[] orders = [await api.NewOrder(shop), await api.NewOrder(shop)];
        foreach (var order in orders)
        {
            await shop.Owner.Post($"{order.Path}/cancel", new { reason = "sold_out" }).Returns(204);
        }

        await shop.Owner.Post($"{webhook.Path}/enable").Returns(204);
        (await receiver.Next()).Text.ShouldContain("carla@example.com");
        foreach (var customer in new[] { await shop.CustomerOf(orders[0]), await shop.CustomerOf(orders[1]) }.Distinct())
        {
            await shop.Erase(customer).Returns(201);
            await shop.Certificate(customer);
        }

        answer.SetResult(new Answer(200));
        var second = await receiver.Next();
        while (second.Subject == orders[0].Id)
        {
            second = await receiver.Next(); // an attempt that waited too long was given up, and is made again
        }

        second.Subject.ShouldBe(orders[1].Id);
        second.Text.ShouldNotContain("carla@example.com");
    }

    [Fact]
    public async Task After_three_failures_the_fourth_attempt_succeeds_each_at_its_time_with_the_same_bytes_and_id()
    {
        await using var receiver = await WebhookReceiver.Start();
        var shop = await api.NewBusiness(mode: "test");
        var webhook = await shop.NewWebhook(receiver);
        var failures = 3;
        receiver.Answers = _ => Task.FromResult(new Answer(Interlocked.Decrement(ref failures) >= 0 ? 500 : 200));
        await shop.Rename("Renamed");
        var received = new List<Received> { await receiver.Next() };
        var planned = new List<DateTimeOffset>();
        foreach (var wait in new[] { "PT6S", "PT6M", "PT34M" })
        {
            planned.Add((await Attempted(shop, webhook, received.Count)).Json.GetProperty("next_attempt_at").GetDateTimeOffset());
            await shop.Advance(wait);
            received.Add(await receiver.Next());
        }

        var delivery = await Attempted(shop, webhook, 4);
        delivery.Json.GetProperty("status").GetString().ShouldBe("succeeded");
        delivery.Answers().ShouldBe([500, 500, 500, 200]);
        var attempts = delivery.Json.GetProperty("attempts").EnumerateArray().Select(attempt => attempt.GetProperty("attempted_at").GetDateTimeOffset()).ToArray();
        attempts[1..].ShouldBe(planned); // on the clock of the business
        Waits(attempts[0], planned[0], TimeSpan.FromSeconds(5));
        Waits(attempts[1], planned[1], TimeSpan.FromMinutes(5));
        Waits(attempts[2], planned[2], TimeSpan.FromMinutes(30));
        received.Select(message => (message.Id, message.Text)).Distinct().ShouldHaveSingleItem();
        received.ShouldAllBe(message => message.IsSignedWith(webhook.Secret));
        received.Select(message => message.Timestamp).ShouldBeInOrder(); // of the attempt, for who checks it against replays
    }

    [Fact]
    public async Task A_delivery_that_is_given_up_is_told_to_others()
    {
        await using var receiver = await WebhookReceiver.Start();
        receiver.Answers = message => Task.FromResult(new Answer(message.Path == "/fails" ? 500 : 200, "no such hook"));
        var shop = await api.NewBusiness(mode: "test");
        var failing = await shop.NewWebhook(receiver, ["storefront.*"], path: "fails", disableAfterDays: 0);
        await shop.NewWebhook(receiver, ["webhook_endpoint.*"], path: "alarms");
        await shop.Rename("Renamed");
        await Attempted(shop, failing, 1);

        await shop.Advance("P6D");

        var delivery = await shop.LastDelivery(failing);
        (delivery.Json.GetProperty("status").GetString(), delivery.Json.GetProperty("attempt_count").GetInt32()).ShouldBe(("failed", 10));
        var told = receiver.All.Where(message => message.Path == "/alarms").ToArray();
        told.Select(message => message.Type).ShouldBe(["webhook_endpoint.degraded", "webhook_endpoint.delivery_exhausted"]);
        var data = told[^1].Json.GetProperty("data");
        (data.GetProperty("delivery_id").GetGuid(), data.GetProperty("event_type").GetString(), data.GetProperty("attempts").GetInt32(), data.GetProperty("status_code").GetInt32())
            .ShouldBe((delivery.Id, "storefront.updated", 10, 500));
        (await shop.Owner.Get(failing.Path).Returns(200)).Json.GetProperty("enabled").GetBoolean().ShouldBeTrue(); // for it is never to be disabled
    }

    [Fact]
    public async Task The_log_shows_what_was_sent_and_is_found_by_subject_and_time()
    {
        await using var receiver = await WebhookReceiver.Start();
        receiver.Answers = _ => Task.FromResult(new Answer(200, new string('x', 5000)));
        var shop = await api.NewBusiness();
        var webhook = await shop.NewWebhook(receiver, headers: new[] { new { name = "X-Token", value = "shibboleth" } });
        await shop.Rename("Renamed");
        await shop.Allow(9);
        var sent = await receiver.Next(2);
        var renamed = sent.Single(message => message.Type == "storefront.updated");
        renamed.Headers["X-Token"].ShouldBe("shibboleth");

        var found = (await shop.Owner.Get($"/webhook-deliveries?subject={renamed.Subject}").Returns(200)).Data.ShouldHaveSingleItem();
        found.GetProperty("event_id").GetString().ShouldBe(renamed.Id);
        var created = found.GetProperty("created_at").GetDateTimeOffset();
        (await Listed(shop, $"created_after={Time(created)}")).ShouldContain(renamed.Id);
        (await Listed(shop, $"created_before={Time(created)}")).ShouldNotContain(renamed.Id);
        (await Listed(shop, $"created_after={Time(created.AddHours(1))}")).ShouldBeEmpty();

        var delivery = await shop.Owner.Get($"/webhook-deliveries/{found.GetProperty("id").GetGuid()}").Returns(200);
        var attempt = delivery.Json.GetProperty("attempts")[0];
        var headers = attempt.GetProperty("request_headers").Deserialize<Dictionary<string, string>>()!;
        headers["X-Token"].ShouldBe("********");
        (headers["webhook-id"], headers["webhook-signature"], headers["content-type"]).ShouldBe((renamed.Id, renamed.Headers["webhook-signature"], "application/json"));
        (attempt.GetProperty("response_body").GetString()!.Length, attempt.GetProperty("response_truncated").GetBoolean()).ShouldBe((4096, true));
    }

    /// <summary>The last delivery, when so many attempts of it have been recorded.</summary>
    private static async Task<ApiAnswer> Attempted(TestBusiness shop, TestWebhook webhook, int attempts)
    {
        var id = (await shop.Owner.Get($"{webhook.Path}/deliveries?limit=1").Returns(200)).Data[0].GetProperty("id").GetGuid();
        return await shop.Owner.Get($"/webhook-deliveries/{id}").Until(answer => answer.Json.GetProperty("attempt_count").GetInt32() == attempts);
    }

    private static async Task<string[]> Listed(TestBusiness shop, string filter) =>
        [.. (await shop.Owner.Get($"/webhook-deliveries?{filter}").Returns(200)).Data.Select(delivery => delivery.GetProperty("event_id").GetString()!)];

    private static string Time(DateTimeOffset time) => Uri.EscapeDataString(time.ToString("O"));

    /// <summary>A tenth to either side.</summary>
    private static void Waits(DateTimeOffset from, DateTimeOffset to, TimeSpan about) => (to - from).ShouldBeInRange(about * 0.89, about * 1.11);
}
