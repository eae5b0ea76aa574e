using Mainstreet.Api.Tests;
using Mainstreet.Api.Tests.Connections;
using Mainstreet.Api.Tests.Inbound;

namespace Mainstreet.Faults;

/// <summary>Providers tell their events, and tell them again when nobody answers, while the process that takes them is killed, again and again.</summary>
public sealed class InboundUnderFire
{
    private const int Senders = 16;
    private const int PerSender = 80;
    private const int Kills = 5;

    [Fact]
    public async Task What_was_answered_is_there_and_what_was_told_again_is_there_once()
    {
        await using var product = new Fleet(size: 1, database: null);
        await product.Start();
        var (business, token) = await Shop.NewBusiness(product[0].Http);
        var connection = await business.NewConnection();
        var ending = await Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => business.NewConnection()));
        var caller = new Caller(product);
        var telling = Task.WhenAll(ending.Select(last => Tell(caller, connection, last)));
        for (var kill = 0; kill < Kills; kill++)
        {
            await caller.Answers(Senders * PerSender / (Kills + 1));
            await product.Kill(product[0]); // and its database
            await product.Start(product[0]);
        }

        var told = (await telling).SelectMany(ids => ids).ToArray();
        var database = new WholeDatabase(product[0].Database);
        await database.Texts(Verdict.EndLeases);
        await database.Settle();

        (await Recorded("inbound.received")).ShouldBe(told.Length + ending.Length);
        (await database.Texts($"select data->>'provider_event_id' from events where type = 'inbound.received.v1' and data->>'connection_id' = '{connection.Id}'"))
            .ShouldBe(told, ignoreOrder: true);
        (await Recorded("inbound.ignored")).ShouldBe(told.Length);
        (await Recorded("inbound.processed")).ShouldBe(ending.Length);
        (await Recorded("connection.revoked")).ShouldBe(ending.Length);
        (await database.Number("select count(*) from dead_letters")).ShouldBe(0);
        caller.Repeated.ShouldBeGreaterThan(0);
        TestContext.Current.TestOutputHelper?.WriteLine($"{told.Length} events, {Kills} kills, {caller.Repeated} told again, {caller.Rates}");

        Task<long> Recorded(string type) => database.Number($"select count(*) from events where type = '{type}.v1'");
    }

    /// <summary>Events from which nothing follows, and in the end one that revokes a connection: that is told until it has been.</summary>
    private static async Task<string[]> Tell(Caller caller, TestConnection connection, TestConnection last)
    {
        var ids = Enumerable.Range(0, PerSender).Select(_ => InboundStarters.NewEventId()).ToArray();
        foreach (var id in ids)
        {
            await caller.Ask(http => InboundStarters.Tell(new Session(http), connection.WebhookPath, InboundStarters.StripeEvent(id, "charge.refunded", connection.Account)), 200);
        }

        var end = InboundStarters.NewEventId();
        await caller.Ask(http => InboundStarters.Tell(new Session(http), last.WebhookPath, InboundStarters.StripeEvent(end, InboundStarters.Revoked, last.Account)), 200, 401);
        return ids;
    }
}
