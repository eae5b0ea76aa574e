using System.Globalization;
using Mainstreet.Api.Tests;
using Mainstreet.Api.Tests.Catalog;

namespace Mainstreet.Faults;

/// <summary>Events are sent to healthy and to other receivers while the process that sends them is killed, again and again.</summary>
public sealed class WebhooksUnderFire
{
    /// <summary>Subjects, each with somebody who writes about it.</summary>
    private const int Shelves = 32;

    /// <summary>The long run: FAULTS_ENDPOINTS=20 FAULTS_EVENTS=100000 FAULTS_KILLS=5</summary>
    private static readonly int endpoints = Setting("FAULTS_ENDPOINTS", 6);

    private static readonly int events = Setting("FAULTS_EVENTS", 1_200);

    private static readonly int kills = Setting("FAULTS_KILLS", 2);

    /// <summary>Many times what it takes where others want the machine as well.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(5) + TimeSpan.FromMilliseconds(20.0 * events * endpoints);

    [Fact]
    public async Task Every_event_arrives_in_the_order_of_its_subject_and_twice_only_as_the_same_bytes()
    {
        await using var server = new DatabaseServer();
        await server.Start();
        await using var site = await WebhookSite.Start(endpoints, events);
        await using var product = new Fleet(size: 1, server.ConnectionString);
        await product.Start();
        var database = new WholeDatabase(server.ConnectionString);
        var (business, token) = await Shop.NewBusiness(product[0].Http);
        var caller = new Caller(product);
        var writing = Task.WhenAll((await Furnish(business, site)).Select((shelf, i) => Write(caller, token, shelf, (events + i) / Shelves)));
        for (var kill = 0; kill < kills; kill++)
        {
            await InTime(caller.Answers(events / kills)); // at the last one all is committed, and not all is sent
            await product.Kill(product[0]);
            await product.Start(product[0]);
            await database.Texts(Verdict.EndLeases);
        }

        await InTime(writing);
        await InTime(site.Complete);
        site.Hurry();
        await (business with { Owner = new Session(product[0].Http, token) }).Advance("P3D"); // what has failed is due again
        await InTime(database.Settle());

        var committed = await database.Texts("select event_id::text from events where type like 'stock.adjusted.%'");
        committed.Count.ShouldBe(events);
        site.Destinations.SelectMany(destination => destination.Wrong).ShouldBeEmpty();
        foreach (var destination in site.Destinations)
        {
            committed.Except(destination.Acknowledged).ShouldBeEmpty($"{destination.Manner}: lost");
            destination.Acknowledged.Except(committed).ShouldBeEmpty($"{destination.Manner}: sent, and never committed");
        }

        var repeated = site.Destinations.Sum(destination => destination.Repeated);
        repeated.ShouldBeGreaterThan(0);
        TestContext.Current.TestOutputHelper?.WriteLine($"{events} events at {endpoints} endpoints, {kills} kills, {repeated} messages sent again");
    }

    /// <summary>The endpoints ask for what is written from now on, about these shelves.</summary>
    private static async Task<Guid[]> Furnish(TestBusiness business, WebhookSite site)
    {
        var shelves = new Guid[Shelves];
        for (var i = 0; i < Shelves; i++)
        {
            shelves[i] = (await business.NewProduct($"Nails {i}")).VariantId;
        }

        for (var i = 0; i < site.Destinations.Length; i++)
        {
            var created = await business.Owner.Post("/webhook-endpoints", new { url = site.Url(i), event_types = (string[])["stock.adjusted"], ordering = "per_subject" }).Returns(201);
            site.Destinations[i].Secret = created.Json.GetProperty("secret").GetString()!;
        }

        return shelves;
    }

    private static async Task Write(Caller caller, string token, Guid shelf, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await caller.Post(token, $"/business/stock/items/{shelf}/adjust", new { delta = 1, reason = $"found {i}" }, Guid.NewGuid().ToString(), 204);
        }
    }

    private static Task InTime(Task task) => task.WaitAsync(patience, TestContext.Current.CancellationToken);

    private static int Setting(string name, int unlessSet) => int.Parse(Environment.GetEnvironmentVariable(name) ?? $"{unlessSet}", CultureInfo.InvariantCulture);
}
