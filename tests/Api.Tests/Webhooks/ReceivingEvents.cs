using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Api.Tests.Webhooks;

public sealed class ReceivingEvents(ApiFixture api)
{
    [Fact]
    public async Task Each_event_of_an_order_arrives_signed_and_in_order_from_placed_to_delivered()
    {
        await using var receiver = await WebhookReceiver.Start();
        var shop = await api.NewBusiness();
        var (webhook, dana) = (await shop.NewWebhook(receiver, ["order.*"]), await api.NewDriver(shop));

        var orders = await Task.WhenAll(Live(), Live());
        var received = await receiver.Next(12);

        received.ShouldAllBe(message => message.IsSignedWith(webhook.Secret));
        received.Select(message => message.Id).ShouldBeUnique();
        foreach (var order in orders)
        {
            var heard = received.Where(message => message.Subject == order.Id).ToArray();
            heard.Select(message => message.Type).ShouldBe(
                ["order.placed", "order.confirmed", "order.preparation_started", "order.ready", "order.out_for_delivery", "order.delivered"]);
            heard.Select(message => message.Json.GetProperty("sequence").GetInt32()).ShouldBe([1, 2, 3, 4, 5, 6]);
            heard.Select(message => message.Position).ShouldBeInOrder();
            heard[0].Json.GetProperty("data").GetProperty("contact").GetProperty("email").GetString().ShouldBe("carla@example.com");
        }

        async Task<TestOrder> Live()
        {
            var order = await api.NewOrder(shop, OrderStatus.Confirmed);
            await shop.Owner.Post($"{order.Path}/start-preparation").Returns(204);
            await shop.Owner.Post($"{order.Path}/ready").Returns(204);
            var delivery = await api.Assign(shop, order, dana);
            await dana.Drive(delivery, "at_pickup", "picked_up", "en_route", "arrived");
            await dana.Session.Post($"/driver/deliveries/{delivery}/proof", new { code = "4711" }).Returns(204);
            await dana.Session.Post($"/driver/deliveries/{delivery}/collect-cash", new { amount = new { amount = order.Total, currency = "EUR" } }).Returns(204);
            await dana.Report(delivery, "delivered");
            return order;
        }
    }

    [Fact]
    public async Task A_message_says_what_happened_to_what_when_and_by_whom()
    {
        await using var receiver = await WebhookReceiver.Start();
        var shop = await api.NewBusiness();
        await shop.NewWebhook(receiver);
        var trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var position = (await shop.Owner.Patch("/business/storefront", new { branding = new { company_name = "Renamed" } }).With("traceparent", trace).Returns(204)).Position;

        var message = await receiver.Next();

        message.Headers["Content-Type"].ShouldBe("application/json");
        message.Headers["traceparent"][3..35].ShouldBe(trace[3..35]);
        var body = message.Json;
        body.EnumerateObject().Select(member => member.Name).ShouldBe(
            ["id", "type", "timestamp", "tenant_id", "subject", "sequence", "position", "data", "actor", "correlation_id", "causation_id", "schema_version"]);
        body.GetProperty("id").GetString().ShouldBe(message.Id);
        body.GetProperty("type").GetString().ShouldBe("storefront.updated");
        body.GetProperty("tenant_id").GetGuid().ShouldBe(shop.Id);
        body.GetProperty("subject").GetProperty("type").GetString().ShouldBe("storefront");
        body.GetProperty("position").GetInt64().ShouldBe(position!.Value);
        body.GetProperty("schema_version").GetInt32().ShouldBe(1);
        body.GetProperty("data").GetProperty("settings").GetProperty("branding").GetProperty("company_name").GetString().ShouldBe("Renamed");
        (body.GetProperty("actor").GetProperty("type").GetString(), body.GetProperty("actor").GetProperty("id").GetGuid()).ShouldBe(("user", shop.User.Id));
        body.GetProperty("timestamp").GetString().ShouldEndWith("Z");
    }

    [Fact]
    public async Task An_endpoint_can_be_signed_for_with_a_key_that_only_the_sender_has()
    {
        await using var receiver = await WebhookReceiver.Start();
        var shop = await api.NewBusiness();
        await shop.Owner.SteppedUp();
        var created = await shop.Owner.Post("/webhook-endpoints", new { url = receiver.Url("hook"), event_types = new[] { "storefront.*" }, signature = "ed25519" }).Returns(201);
        created.Json.TryGetProperty("secret", out _).ShouldBeFalse();
        var path = $"/webhook-endpoints/{created.Id}";
        (await shop.Owner.Get(path).Returns(200)).Json.Text("public_key").ShouldBe(created.Json.Text("public_key"));
        await shop.Rename("Signed");
        Signatures(await receiver.Next()).ShouldBe(["v1a"]);

        var rotated = await shop.Owner.Post($"{path}/rotate-secret").Returns(200);
        rotated.Json.Text("public_key").ShouldNotBe(created.Json.Text("public_key"));
        await shop.Rename("By both keys");
        Signatures(await receiver.Next()).ShouldBe(["v1a", "v1a"]);

        var shared = await shop.Owner.Post($"{path}/rotate-secret", new { signature = "hmac_sha256" }).Returns(200);
        shared.Json.Text("secret").ShouldStartWith("whsec_");
        (await shop.Owner.Get(path).Returns(200)).Json.TryGetProperty("public_key", out _).ShouldBeFalse();
        await shop.Rename("By a shared secret");
        var message = await receiver.Next();
        Signatures(message).ShouldBe(["v1", "v1a"]);
        message.IsSignedWith(shared.Json.Text("secret")!).ShouldBeTrue();

        static string[] Signatures(Received message) => [.. message.Headers["webhook-signature"].Split(' ').Select(signature => signature.Split(',')[0])];
    }

    [Fact]
    public async Task A_thin_message_has_no_data()
    {
        await using var receiver = await WebhookReceiver.Start();
        var shop = await api.NewBusiness();
        await shop.NewWebhook(receiver, payload: "thin");
        await shop.Rename("Renamed");

        (await receiver.Next()).Json.TryGetProperty("data", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task An_endpoint_gets_what_happens_after_its_registration_and_matches_it()
    {
        await using var receiver = await WebhookReceiver.Start();
        var shop = await api.NewBusiness();
        await shop.Rename("Before");
        var webhook = await shop.NewWebhook(receiver, ["storefront.updated"]);
        await shop.Allow(7);
        var first = await shop.Rename("After");
        await shop.Owner.Patch(webhook.Path, new { event_types = new[] { "business_profile.*" } }).Returns(204);
        await shop.Rename("Unheard");
        var second = await shop.Allow(8);

        (await receiver.Next(2)).Select(message => message.Position).Order().ShouldBe([first, second]); // an attempt that is made again comes later
        (await shop.Owner.Get($"{webhook.Path}/deliveries").Returns(200)).Data.Length.ShouldBe(2);
    }

    [Fact]
    public async Task Nobody_gets_what_happens_in_another_business()
    {
        await using var receiver = await WebhookReceiver.Start();
        var (shop, other) = (await api.NewBusiness(), await api.NewBusiness());
        var webhook = await shop.NewWebhook(receiver, ["*"]);
        var theirs = await other.NewWebhook(receiver, ["*"], path: "theirs");
        await other.Rename("Theirs");
        await shop.Rename("Ours");

        foreach (var message in await receiver.Next(2))
        {
            message.Json.GetProperty("tenant_id").GetGuid().ShouldBe(message.Path == "/theirs" ? other.Id : shop.Id);
            message.IsSignedWith(message.Path == "/theirs" ? theirs.Secret : webhook.Secret).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task An_endpoint_that_hangs_delays_itself_only()
    {
        await using var receiver = await WebhookReceiver.Start();
        var held = new TaskCompletionSource<Answer>(TaskCreationOptions.RunContinuationsAsynchronously);
        receiver.Answers = message => message.Path == "/hangs" ? held.Task : Task.FromResult(new Answer(204));
        var shop = await api.NewBusiness();
        await shop.NewWebhook(receiver, path: "hangs");
        await shop.NewWebhook(receiver, path: "well");
        for (var i = 1; i <= 3; i++)
        {
            await shop.Rename($"Name {i}");
        }

        var received = await receiver.Next(4);
        received.Count(message => message.Path == "/well").ShouldBe(3);
        received.Count(message => message.Path == "/hangs").ShouldBe(1);
        held.SetResult(new(200));
        (await receiver.Next(2)).ShouldAllBe(message => message.Path == "/hangs");
    }
}
