using System.Text;
using System.Text.Json.Nodes;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Stock;
using Mainstreet.Domain;
using Mainstreet.Domain.Deliveries;
using Mainstreet.Domain.Identity;
using Mainstreet.Domain.Storefronts;

namespace Mainstreet.Api.Tests.Archives;

/// <summary>A business with something of everything that dashboards and lists show.</summary>
internal sealed record BusyBusiness(TestBusiness Business, TestOrder Delivered, Guid Delivery, TestOrder Open);

internal static class ArchiveStarters
{
    /// <summary>One order was brought and paid, one is ready to be collected, one was canceled.</summary>
    public static async Task<BusyBusiness> NewBusyBusiness(this ApiFixture api, string name = "acme")
    {
        var business = await api.NewBusiness(name);
        var driver = await api.NewDriver(business);
        var delivered = await api.NewOrder(business);
        var delivery = await api.Assign(business, delivered, driver);
        await driver.Drive(delivery, "to_business", "at_pickup", "picked_up", "en_route", "arrived");
        await driver.Session.Post($"/driver/deliveries/{delivery}/proof", new { code = "4711" }).Returns(204);
        await driver.Session.Post($"/driver/deliveries/{delivery}/collect-cash", new { amount = OrderStarters.Eur(delivered.Total) }).Returns(204);
        var brought = await driver.Report(delivery, "delivered");
        var open = await api.NewOrder(business, type: Domain.Orders.DeliveryType.Pickup);
        await business.Transfer(open.Variant, 1, await business.NewLocation()).Returns(201);
        var canceled = await api.Buy(business, open.Variant);
        await business.Owner.Post($"{canceled.Path}/cancel", new { reason = "No bow left" }).Returns(204);
        await business.Owner.Get($"/business/deliveries/{delivery}?min_position={brought.Position}").Returns(200);
        return new(business, delivered, delivery, open);
    }

    public static async Task<Session> NewOperator(this ApiFixture api) => await (await api.NewMember(TenantId.Platform, Role.PlatformAdmin)).SteppedUp();

    public static async Task<string> Exported(this Session session, string path = "/business/log/export") => (await session.Get(path).Returns(200)).Text;

    public static ApiRequest Import(this Session session, Guid business, TestUser owner, string log, string? subdomain = null) =>
        session.Post($"/admin/businesses/{business}/log/import?subdomain={subdomain ?? Starters.NewSubdomain("moved")}&owner_id={owner.Id}", Ndjson(log));

    public static StringContent Ndjson(string log) => new(log, Encoding.UTF8, "application/x-ndjson");

    public static string[] Lines(this string log) => log.TrimEnd('\n').Split('\n');

    /// <summary>The events of a log, without their checks.</summary>
    public static string[] Events(this string log) => [.. log.Lines()[1..^1].Select(line => line[..line.LastIndexOf(",\"check\"", StringComparison.Ordinal)])];

    /// <summary>Events as they read when the business and what is derived from its id are called otherwise.</summary>
    public static string[] Renamed(this BusyBusiness busy, string[] events, Guid target)
    {
        var (before, after) = (new TenantId(busy.Business.Id), new TenantId(target));
        var order = new OrderId(busy.Delivered.Id);
        return [.. events.Select(line => line
            .Replace($"{before}", $"{after}", StringComparison.Ordinal)
            .Replace($"{Storefront.StreamOf(before)}", $"{Storefront.StreamOf(after)}", StringComparison.Ordinal)
            .Replace($"{Delivery.IdsOf(before, order)[0]}", $"{Delivery.IdsOf(after, order)[0]}", StringComparison.Ordinal))];
    }

    /// <summary>What the owner sees, but for when and where it was asked, and how often what answers was rebuilt.</summary>
    public static async Task<string> Shown(this Session session, string path)
    {
        var json = JsonNode.Parse((await session.Get(path).Returns(200)).Text)!.AsObject();
        foreach (var member in (string[])["as_of", "position", "id", "projection_version"])
        {
            json.Remove(member);
        }

        return json.ToJsonString();
    }
}
