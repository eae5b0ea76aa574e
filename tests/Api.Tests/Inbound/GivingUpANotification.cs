using Mainstreet.Api.Tests.Connections;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using Npgsql;
using static Mainstreet.Api.Tests.Inbound.InboundStarters;

namespace Mainstreet.Api.Tests.Inbound;

/// <summary>What cannot be processed is tried five times, then it waits for somebody (INT-02, row 51).</summary>
public sealed class GivingUpANotification(ApiFixture api)
{
    [Fact]
    public async Task Poison_is_dead_after_five_attempts_and_runs_when_it_is_redriven()
    {
        var (shop, connection, path) = await Poisoned();
        foreach (var (by, status, attempts) in new[] { ("PT0.5S", "failed", 1), ("PT1S", "failed", 2), ("PT2S", "failed", 3), ("PT4S", "failed", 4), ("PT8S", "dead", 5) })
        {
            await shop.Advance(by);
            var shown = (await shop.Owner.Get(path).Until(answer => Message(answer).GetProperty("attempts").GetInt32() == attempts)).Json.GetProperty("message");
            shown.Text("status").ShouldBe(status);
            shown.Text("last_error").ShouldBe("internal_error: CryptographicException");
        }

        (await shop.Advance("PT1H")).Ran().ShouldNotContain("inbound.process");
        (await shop.Owner.Get("/inbound-messages?status=dead").Returns(200)).Data.ShouldHaveSingleItem();
        var told = (await shop.Owner.Get("/events?types=inbound.dead_lettered").Returns(200)).Data.ShouldHaveSingleItem().GetProperty("data");
        (told.Text("provider"), told.GetProperty("attempts").GetInt32()).ShouldBe(("stripe", 5));
        (await shop.Owner.Get(connection.Path).Returns(200)).Json.Text("status").ShouldBe("connected");

        await Store("update inbound_payloads set sealed = replace(sealed, 'broken', '') where tenant_id = $1", shop);
        await shop.Owner.Post($"{path}/redrive").Returns(204);
        await shop.Owner.Post($"{path}/redrive").Refused(409, "illegal_transition");
        await shop.Owner.Get(path).Until(answer => Message(answer).Text("status") == "processed");
        (await shop.Owner.Get(connection.Path).Returns(200)).Json.Text("status").ShouldBe("revoked");
        await shop.Owner.Post($"{path}/discard").Refused(409, "illegal_transition");
    }

    [Fact]
    public async Task What_nobody_wants_is_discarded_with_what_it_said()
    {
        var (shop, _, path) = await Poisoned();
        await shop.Advance("PT1S");
        await shop.Owner.Get(path).Until(answer => Message(answer).Text("status") == "failed");
        await shop.Owner.Post($"{path}/discard").Returns(204);
        var shown = (await shop.Owner.Get(path).Returns(200)).Json;
        shown.GetProperty("message").Text("status").ShouldBe("discarded");
        shown.TryGetProperty("payload", out _).ShouldBeFalse();
        await shop.Advance("PT1H"); // the attempt that was due finds nothing to do
        (await shop.Owner.Get(path).Returns(200)).Json.GetProperty("message").Text("status").ShouldBe("discarded");
    }

    /// <summary>A message whose kept payload was damaged before it could be processed: the business's clock stands.</summary>
    private async Task<(TestBusiness Shop, TestConnection Connection, string Path)> Poisoned()
    {
        var shop = await api.NewBusiness(mode: "test");
        var connection = await shop.NewConnection();
        var id = NewEventId();
        await Store("create or replace function damage() returns trigger language plpgsql as $f$ begin new.sealed := new.sealed || 'broken'; return new; end $f$", null);
        await Store($"create or replace trigger damage_{shop.Id:N} before insert on inbound_payloads for each row when (new.tenant_id = '{shop.Id}') execute function damage()", null);
        await api.Tell(connection.WebhookPath, StripeEvent(id, Revoked, connection.Account)).Returns(200);
        await Store($"drop trigger damage_{shop.Id:N} on inbound_payloads", null);
        var message = (await shop.Owner.Get("/inbound-messages").Until(answer => answer.Data.Length == 1)).Data[0];
        return (shop, connection, $"/inbound-messages/{message.GetProperty("id").GetGuid()}");
    }

    private static System.Text.Json.JsonElement Message(ApiAnswer answer) => answer.Json.GetProperty("message");

    private async Task Store(string sql, TestBusiness? shop)
    {
        await using var source = NpgsqlDataSource.Create(api.Database);
        await using var command = source.CreateCommand(sql);
        if (shop is not null)
        {
            command.Parameters.Add(new() { Value = shop.Id });
        }

        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }
}
