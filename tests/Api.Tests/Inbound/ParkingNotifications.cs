using Mainstreet.Api.Tests.Archives;
using Mainstreet.Api.Tests.Connections;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using static Mainstreet.Api.Tests.Connections.ConnectionStarters;
using static Mainstreet.Api.Tests.Inbound.InboundStarters;

namespace Mainstreet.Api.Tests.Inbound;

/// <summary>What names an account that nobody has connected is not lost, and is nobody's until it is verified.</summary>
public sealed class ParkingNotifications(ApiFixture api)
{
    private const string Shared = "/api/v1/webhooks/stripe";
    private const string All = "/admin/inbound-messages";

    [Fact]
    public async Task It_waits_for_its_account_and_is_processed_when_that_is_connected()
    {
        var account = NewAccount();
        var (real, forged) = (NewEventId(), NewEventId());
        (await api.Tell(Shared, StripeEvent(real, "charge.refunded", account)).Returns(200)).Json.Text("status").ShouldBe("parked");
        (await api.Tell(Shared, StripeEvent(real, "charge.refunded", account)).Returns(200)).Json.Text("status").ShouldBe("parked");
        await api.Tell(Shared, StripeEvent(forged, "charge.refunded", account), "guessed").Returns(200);
        var admin = await api.NewOperator();
        var seen = await admin.Get($"{All}?account={account}").Returns(200);
        seen.Data.Select(one => one.Text("event_id")).Distinct().ShouldBe([real, forged], ignoreOrder: true);
        seen.Text.ShouldNotContain("ch_1");

        var shop = await api.NewBusiness();
        var pending = await shop.Connect("stripe", account).Returns(201);
        (await api.Tell(Shared, StripeEvent(NewEventId(), "charge.captured", account)).Returns(200)).Json.Text("status").ShouldBe("parked");
        await shop.Owner.Put($"/connections/{pending.Id}/credentials", new { credentials = new { webhook_secret = WebhookSecret } }).Returns(204);
        var told = await shop.Owner.Get("/inbound-messages?status=ignored").Until(answer => answer.Data.Length == 2);
        told.Data.Select(one => one.Text("type")).ShouldBe(["charge.refunded", "charge.captured"], ignoreOrder: true);
        var left = (await admin.Get($"{All}?account={account}").Until(answer => answer.Data.Length == 1)).Data[0];
        left.Text("event_id").ShouldBe(forged);
        await admin.Post($"{All}/{left.GetProperty("id").GetGuid()}/discard").Returns(204);
        await admin.Post($"{All}/{left.GetProperty("id").GetGuid()}/discard").Refused(404, "not_found");
        (await api.Tell(Shared, StripeEvent(real, "charge.refunded", account)).Returns(200)).Json.Text("status").ShouldBe("duplicate");
    }

    [Fact]
    public async Task What_somebody_else_calls_by_the_name_of_an_event_does_not_take_its_place()
    {
        var (account, id) = (NewAccount(), NewEventId());
        await api.Tell(Shared, StripeEvent(id, "charge.refunded", account), "guessed").Returns(200);
        (await api.Tell(Shared, StripeEvent(id, "charge.captured", account)).Returns(200)).Json.Text("status").ShouldBe("parked");

        var shop = await api.NewBusiness();
        await shop.NewConnection(account: account);
        var told = await shop.Owner.Get("/inbound-messages?status=ignored").Until(answer => answer.Data.Length == 1);
        told.Data[0].Text("type").ShouldBe("charge.captured");
    }

    [Theory]
    [InlineData("""{"id":"evt_1","type":"x","account":"a\u0000b"}""")]
    [InlineData("""{"id":"evt_\u0000","type":"x","account":"a"}""")]
    [InlineData("""{"id":"evt_1","type":"x","account":"\ud800"}""")]
    [InlineData("""{"id":"\udc00","type":"x","account":"a"}""")]
    [InlineData("""{"id":"evt_1","type":"x\udfff","account":"a"}""")]
    [InlineData("""{"account":"a","id":"evt_1","type":"x","\ud800aaaaaa":1}""")]
    [InlineData("""{"id":"evt_1","type":"x","account":"broken"}""")]
    public async Task What_no_text_can_hold_is_malformed(string body)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(body).AsSpan();
        var place = bytes.IndexOf("broken"u8);
        if (place >= 0)
        {
            bytes[place] = 0xff;
        }

        await api.Guest.Post($"~{Shared}", new ByteArrayContent(bytes.ToArray())).With("Stripe-Signature", "t=1,v1=1").Refused(400, "inbound_malformed");
    }

    [Fact]
    public async Task There_is_room_for_so_much_only()
    {
        var account = NewAccount();
        var database = new WholeDatabase(api.Database);
        await database.Texts($"""
            insert into parked_inbound (tenant_id, parked_id, provider, account, event_id, type, bytes, sealed)
            select '{Domain.TenantId.Platform}', gen_random_uuid(), 'stripe', '{account}', i::text, 'x', 1, '' from generate_series(1, 1000) i returning event_id
            """);
        await api.Tell(Shared, StripeEvent(NewEventId(), "charge.refunded", account)).Refused(503, "inbound_full");
        (await api.Tell(Shared, StripeEvent(NewEventId(), "charge.refunded", NewAccount())).Returns(200)).Json.Text("status").ShouldBe("parked");
        await database.Texts($"delete from parked_inbound where account = '{account}' returning event_id");
        var wordy = StripeEvent(NewEventId(), "charge.refunded", NewAccount());
        await api.Tell(Shared, wordy[..^1] + $",\"x\":\"{new string('x', 64 * 1024)}\"}}").Refused(503, "inbound_full");
    }

    [Fact]
    public async Task What_is_old_goes()
    {
        var shop = await api.NewBusiness();
        var connection = await shop.NewConnection();
        await api.Told(connection);
        var told = (await shop.Owner.Get("/inbound-messages?status=ignored").Until(answer => answer.Data.Length == 1)).Data[0].GetProperty("id").GetGuid();
        var database = new WholeDatabase(api.Database);
        await database.Texts($"update inbound_payloads set received_at = received_at - interval '31 days' where tenant_id = '{shop.Id}' returning message_id::text");
        await new WholeDatabase(api.RuntimeDatabase).Number("select prune_inbound_payloads(clock_timestamp() - interval '30 days', 5000)");
        (await shop.Owner.Get($"/inbound-messages/{told}").Returns(200)).Json.TryGetProperty("payload", out _).ShouldBeFalse();
    }
}
