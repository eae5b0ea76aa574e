using Mainstreet.Api.Tests.Archives;
using Mainstreet.Api.Tests.Connections;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using static Mainstreet.Api.Tests.Inbound.InboundStarters;

namespace Mainstreet.Api.Tests.Inbound;

/// <summary>What providers tell (INT-01, row 50): verified over its bytes, kept once, answered before anything follows from it.</summary>
public sealed class ReceivingNotifications(ApiFixture api)
{
    [Fact]
    public async Task The_same_event_told_twenty_times_at_once_has_one_effect()
    {
        var shop = await api.NewBusiness();
        var connection = await shop.NewConnection();
        var body = StripeEvent(NewEventId(), "charge.refunded", connection.Account);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => api.Tell(i % 2 == 0 ? connection.WebhookPath : "/api/v1/webhooks/stripe", body).Returns(200)));
        answers.Count(answer => answer.Json.Text("status") == "received").ShouldBe(1);
        answers.Count(answer => answer.Json.Text("status") == "duplicate").ShouldBe(19);

        var told = (await shop.Owner.Get("/inbound-messages").Until(answer => answer.Data is [var one] && one.Text("status") == "ignored")).Data[0];
        (told.Text("provider"), told.Text("type")).ShouldBe(("stripe", "charge.refunded"));
        (await shop.Owner.Get("/events?types=inbound.received").Returns(200)).Data.ShouldHaveSingleItem();
        (await new WholeDatabase(api.Database).Texts($"select type from events where stream_id = '{told.GetProperty("id").GetGuid()}' order by version"))
            .ShouldBe(["inbound.received.v1", "inbound.ignored.v1"]);
        (await shop.Owner.Get($"/inbound-messages/{told.GetProperty("id").GetGuid()}").Returns(200)).Json.Text("payload").ShouldBe(body);
    }

    [Fact]
    public async Task What_follows_from_it_happens_once()
    {
        var shop = await api.NewBusiness();
        var connection = await shop.NewConnection();
        await api.Told(connection, Revoked);
        await shop.Owner.Get("/inbound-messages?status=processed").Until(answer => answer.Data.Length == 1);
        (await shop.Owner.Get(connection.Path).Returns(200)).Json.Text("status").ShouldBe("revoked");
        (await new WholeDatabase(api.Database).Number($"select count(*) from events where tenant_id = '{shop.Id}' and type = 'connection.revoked.v1'")).ShouldBe(1);
    }

    [Fact]
    public async Task What_nothing_follows_from_is_ignored()
    {
        var shop = await api.NewBusiness();
        var connection = await shop.NewConnection();
        await api.Told(connection);
        (await shop.Owner.Get("/inbound-messages?provider=stripe&status=ignored").Until(answer => answer.Data.Length == 1)).Data[0].Text("type").ShouldBe("charge.refunded");
        (await shop.Owner.Get("/inbound-messages?type=other").Returns(200)).Data.ShouldBeEmpty();
        (await shop.Owner.Get($"/inbound-messages?connection_id={connection.Id}").Returns(200)).Data.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_an_earlier_release_keeps_beside_this_one_is_its_own_to_record()
    {
        var shop = await api.NewBusiness();
        await new WholeDatabase(api.Database).Texts($"insert into inbound_payloads (tenant_id, message_id, sealed) values ('{shop.Id}', gen_random_uuid(), 'by another') returning sealed");
        await api.Told(await shop.NewConnection());
        await shop.Owner.Get("/inbound-messages?status=ignored").Until(answer => answer.Data.Length == 1);
    }

    [Fact]
    public async Task What_is_not_signed_with_the_secret_is_refused_and_leaves_nothing()
    {
        var (acme, globex) = (await api.NewBusiness("acme"), await api.NewBusiness("globex"));
        var (ours, theirs) = (await acme.NewConnection(), await globex.NewConnection(credentials: new { webhook_secret = "of_globex" }));
        var body = StripeEvent(NewEventId(), "charge.refunded", ours.Account);
        await api.Tell(ours.WebhookPath, body, "another secret").Refused(401, "signature_invalid");
        await api.Tell(ours.WebhookPath, body, "of_globex").Refused(401, "signature_invalid");
        await api.Tell("/api/v1/webhooks/stripe", body, "of_globex").Refused(401, "signature_invalid");
        await api.Guest.Post($"~{ours.WebhookPath}", body).Refused(401, "signature_invalid");
        await api.Guest.Post($"~{ours.WebhookPath}", body).With("Stripe-Signature", "t=1,v1=00").Refused(401, "signature_invalid");
        await api.Tell(ours.WebhookPath.Replace("stripe", "voicenter", StringComparison.Ordinal), body).Refused(401, "signature_invalid");
        await api.Tell($"/api/v1/webhooks/stripe/{Guid.NewGuid()}", body).Refused(401, "signature_invalid");
        await api.Tell("/api/v1/webhooks/fax", body).Refused(404, "not_found");
        await api.Tell(theirs.WebhookPath, "not json", "of_globex").Refused(400, "inbound_malformed");
        await api.Tell("/api/v1/webhooks/stripe", "{}").Refused(400, "account_missing");
        await api.Tell(ours.WebhookPath, body).With("Prefer", "handling=dry-run").Refused(422, "dry_run_not_possible");
        await acme.Owner.Post($"{ours.Path}/revoke").Returns(204);
        await api.Tell(ours.WebhookPath, body).Refused(401, "signature_invalid");
        var database = new WholeDatabase(api.Database);
        (await database.Number($"select count(*) from inbound_payloads where tenant_id in ('{acme.Id}', '{globex.Id}')")).ShouldBe(0);
        (await acme.Owner.Get("/inbound-messages").Returns(200)).Data.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("voicenter", "{\"ivruniqueid\":\"1\",\"status\":\"NOANSWER\",\"did\":\"@\"}", "X-Webhook-Token")]
    [InlineData("icount", "{\"docnum\":1,\"doctype\":\"invrec\",\"cid\":\"@\"}", "X-Webhook-Token")]
    [InlineData("greeninvoice", "{\"id\":\"1\",\"businessId\":\"@\"}", "X-Data-Signature")]
    [InlineData("whatsapp", "{\"entry\":[{\"id\":\"@\",\"changes\":[{\"field\":\"messages\"}]}]}", "X-Hub-Signature-256")]
    [InlineData("google", "{\"message\":{\"messageId\":\"1\"},\"subscription\":\"@\"}", "Authorization")]
    public async Task Each_provider_s_bad_signature_is_401(string provider, string body, string header)
    {
        var shop = await api.NewBusiness(mode: "test");
        object credentials = provider switch
        {
            "google" => new { refresh_token = "r", push_audience = "a", push_service_account = "b" },
            "whatsapp" => new { webhook_secret = "s", verify_token = "v" },
            _ => new { webhook_secret = "s" },
        };
        var connection = await shop.NewConnection(provider, credentials: credentials);
        var told = body.Replace("@", connection.Account, StringComparison.Ordinal);
        foreach (var path in new[] { connection.WebhookPath, $"/api/v1/webhooks/{provider}" })
        {
            await api.Guest.Post($"~{path}", told).With(header, "Bearer guess").Refused(401, "signature_invalid");
            await api.Guest.Post($"~{path}", told).Refused(401, "signature_invalid");
        }

        if (header == "X-Webhook-Token")
        {
            (await api.Guest.Post($"~/api/v1/webhooks/{provider}", told).With(header, "s").Returns(200)).Json.Text("status").ShouldBe("received");
            (await api.Guest.Post($"~{connection.WebhookPath}?token=s", told).Returns(200)).Json.Text("status").ShouldBe("duplicate");
        }
    }

    [Fact]
    public async Task A_callback_of_ToyyibPay_is_a_form()
    {
        var shop = await api.NewBusiness(mode: "test");
        var connection = await shop.NewConnection("toyyibpay", credentials: new { webhook_secret = "whsec_test_secret" });
        const string form = "refno=TP2507231234567&status=1&order_id=ORD-17&amount=1200&hash=ad6d7f663689a9bcbbca79e62aba5239";
        await api.Guest.Post($"~{connection.WebhookPath}", Form(form.Replace("status=1", "status=3", StringComparison.Ordinal))).Refused(401, "signature_invalid");
        (await api.Guest.Post($"~{connection.WebhookPath}", Form(form)).Returns(200)).Json.Text("status").ShouldBe("received");
        await api.Guest.Post("~/api/v1/webhooks/toyyibpay", Form(form)).Refused(400, "account_missing");

        static StringContent Form(string text) => new(text, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
    }

    [Fact]
    public async Task Meta_checks_an_address_before_it_uses_it()
    {
        var shop = await api.NewBusiness(mode: "test");
        var connection = await shop.NewConnection("whatsapp", credentials: new { webhook_secret = "s", verify_token = "hello" });
        var checkedAt = await api.Guest.Get($"~{connection.WebhookPath}?hub.mode=subscribe&hub.verify_token=hello&hub.challenge=1158201444").Returns(200);
        (checkedAt.Text, checkedAt.Header("Content-Type")).ShouldBe(("1158201444", "text/plain"));
        await api.Guest.Get($"~{connection.WebhookPath}?hub.mode=subscribe&hub.verify_token=other&hub.challenge=1").Refused(403, "challenge_refused");
        await api.Guest.Get($"~/api/v1/webhooks/whatsapp/{Guid.NewGuid()}?hub.mode=subscribe&hub.verify_token=hello&hub.challenge=1").Refused(403, "challenge_refused");
    }

    [Fact]
    public async Task What_a_provider_said_is_stored_sealed()
    {
        var shop = await api.NewBusiness();
        await shop.Owner.SteppedUp();
        var connection = await shop.NewConnection();
        var said = $"said-{Guid.NewGuid():N}";
        await api.Tell(connection.WebhookPath, StripeEvent(NewEventId(), "charge.refunded", connection.Account).Replace("ch_1", said, StringComparison.Ordinal)).Returns(200);
        await shop.Owner.Get("/inbound-messages?status=ignored").Until(answer => answer.Data.Length == 1);
        (await new WholeDatabase(api.Database).RowsOf(shop.Id, [])).ShouldAllBe(row => !row.Contains(said, StringComparison.Ordinal));
        (await shop.Owner.Get("/business/log/export").Returns(200)).Text.ShouldNotContain(said);
    }
}
