using Mainstreet.Api.Tests.Orders;

namespace Mainstreet.Api.Tests.CustomDomains;

/// <summary>The domain of a live business, for which a real name server is asked; and storefronts below the platform's own domain.</summary>
public sealed class AskingNameServers : IAsyncLifetime
{
    private const string Parent = "shops.mainstreet.example";

    private readonly TestNameServer names = new();
    private readonly ApiFixture api;
    private readonly string host = $"{Starters.NewSubdomain("shop")}.bakery.berlin";

    public AskingNameServers() => api = new(hasDemo: false, ("Dns:Servers:0", names.Address), ("Storefronts:Domain", Parent));

    public ValueTask InitializeAsync() => api.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await api.DisposeAsync();
        await names.DisposeAsync();
    }

    [Fact]
    public async Task The_record_is_looked_up_by_datagram_and_by_stream()
    {
        var shop = await Shop();
        var added = await shop.Owner.Post("/business/domains", new { domain = host }).Returns(201);
        var (record, path) = (added.Json.GetProperty("record"), $"/business/domains/{added.Id}");
        (await Status(shop, path)).ShouldBe("failed"); // there is no such name

        names.Texts[record.Text("name")!] = ["v=spf1 -all", record.Text("value")!];
        (await Status(shop, path)).ShouldBe("verified");
        names.Streams.ShouldBe(0);
        await api.Guest.Get("/storefront").With("Host", host).Returns(200);

        names.Texts[record.Text("name")!] = [new string('x', 700), record.Text("value")!];
        (await Status(shop, path)).ShouldBe("verified");
        names.Streams.ShouldBe(1);

        names.IsBroken = true;
        (await shop.Owner.Post($"{path}/verify").Refused(503, "dns_unavailable")).Header("Retry-After").ShouldNotBeNull();
        (await shop.Owner.Get(path).Returns(200)).Json.Text("status").ShouldBe("verified");

        names.IsBroken = false;
        names.Texts.Clear();
        (await Status(shop, path)).ShouldBe("failed");
        await api.Guest.Get("/storefront").With("Host", host).Refused(404, "not_found");
    }

    [Fact]
    public async Task Storefronts_have_hosts_below_the_platform_s_domain_and_it_is_nobody_s()
    {
        var shop = await Shop();
        (await api.Guest.Get("/storefront").With("Host", $"{shop.Subdomain}.{Parent}").Returns(200)).Json.Text("subdomain").ShouldBe(shop.Subdomain);
        await api.Guest.Get("/storefront").With("Host", $"nobody.{Parent}").Refused(404, "not_found");
        await api.Guest.Get("/storefront").With("Host", Parent).Refused(404, "not_found");
        await shop.Owner.Post("/business/domains", new { domain = $"mine.{Parent}" }).Refused(409, "domain_reserved");

        var now = Starters.NewSubdomain("now");
        await shop.Owner.Put("/business/subdomain", new { subdomain = now }).Returns(204);
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = api.Http.BaseAddress };
        (await new Session(client).Get("/storefront/products?q=a%20b").With("Host", $"{shop.Subdomain}.{Parent}").Refused(308, "storefront_moved"))
            .Header("Location").ShouldBe($"http://{now}.{Parent}/api/v1/storefront/products?q=a%20b");
    }

    private static async Task<string?> Status(TestBusiness shop, string path) => (await shop.Owner.Post($"{path}/verify").Returns(200)).Json.Text("status");

    private async Task<TestBusiness> Shop()
    {
        var shop = await api.NewBusiness("shop");
        await shop.Sell();
        return shop;
    }
}
