using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using static Mainstreet.Api.Tests.Connections.ConnectionStarters;

namespace Mainstreet.Api.Tests.Connections;

/// <summary>Access tokens are refreshed before they expire, once (row 52). The provider is a server of the test's.</summary>
public sealed class KeepingATokenFresh(KeepingATokenFresh.Product product) : IClassFixture<KeepingATokenFresh.Product>
{
    private static object Expiring => new { refresh_token = "refresh-1", access_token = "access-1", expires_in = 240 };

    [Fact]
    public async Task Fifty_uses_at_once_in_two_processes_refresh_it_once()
    {
        var shop = await product.Api.NewBusiness();
        var before = product.Provider.Count;
        await using var twin = product.Api.Twin();
        var other = twin.As(await Product.TokenOf(shop));
        var connection = await shop.NewConnection("google", credentials: Expiring);
        var used = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => (i % 2 == 0 ? shop.Owner : other).Post($"{connection.Path}/verify").Returns(200)));
        product.Provider.Count.ShouldBe(before + 1);
        used.ShouldAllBe(answer => answer.Json.Text("status") == "connected");
        (await new WholeDatabase(product.Api.Database).Number($"select count(*) from events where stream_id = '{connection.Id}' and type = 'connection.token_refreshed.v1'")).ShouldBe(1);
    }

    [Fact]
    public async Task Who_holds_the_lease_and_was_killed_is_waited_for_until_it_ends()
    {
        var shop = await product.Api.NewBusiness();
        var connection = await shop.NewConnection("google", credentials: new { refresh_token = "refresh-1", access_token = "access-1", expires_in = 3600 });
        var database = new WholeDatabase(product.Api.Database);
        await database.Texts($"insert into token_leases values ('{shop.Id}', '{connection.Id}', gen_random_uuid(), clock_timestamp() + interval '1 s') returning holder::text");
        await shop.Owner.Put($"{connection.Path}/credentials", new { credentials = Expiring }).Returns(204);
        await shop.Owner.Post($"{connection.Path}/verify").Returns(200);
        (await database.Number($"select count(*) from token_leases where connection_id = '{connection.Id}'")).ShouldBe(0);
    }

    [Fact]
    public async Task A_provider_that_refuses_has_somebody_connect_it_anew()
    {
        var shop = await product.Api.NewBusiness();
        var connection = await shop.NewConnection("google", credentials: new { refresh_token = "refused", access_token = "access-1", expires_in = 240 });
        await shop.Owner.Post($"{connection.Path}/verify").Refused(409, "connection_reauth_required");
        var shown = (await shop.Owner.Get(connection.Path).Returns(200)).Json;
        (shown.Text("status"), shown.Text("last_error")).ShouldBe(("reauth_required", "invalid_grant"));
        var told = (await shop.Owner.Get("/events?types=connection.reauth_required").Returns(200)).Data.ShouldHaveSingleItem();
        told.GetProperty("data").Text("reason").ShouldBe("invalid_grant");
        await shop.Owner.Put($"{connection.Path}/credentials", new { credentials = Expiring }).Returns(204);
        (await shop.Owner.Post($"{connection.Path}/verify").Returns(200)).Json.Text("status").ShouldBe("connected");
    }

    [Fact]
    public async Task While_the_provider_is_away_the_token_is_used_as_long_as_it_is_good()
    {
        var shop = await product.Api.NewBusiness();
        var connection = await shop.NewConnection("google", credentials: new { refresh_token = "away", access_token = "access-1", expires_in = 240 });
        var shown = (await shop.Owner.Post($"{connection.Path}/verify").Returns(200)).Json;
        (shown.Text("status"), shown.Text("last_error")).ShouldBe(("expiring", "status_503"));
        var before = product.Provider.Count;
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => shop.Owner.Post($"{connection.Path}/verify").Returns(200)));
        (product.Provider.Count - before).ShouldBeLessThan(20, "who has waited for another's attempt makes none of its own");
        await shop.Owner.Put($"{connection.Path}/credentials", new { credentials = new { refresh_token = "away" } }).Returns(204);
        await shop.Owner.Post($"{connection.Path}/verify").Refused(503, "token_unavailable");
    }

    [Fact]
    public async Task Without_a_client_of_its_own_the_installation_says_so()
    {
        await using var plain = new ApiFixture();
        await plain.InitializeAsync();
        var shop = await plain.NewBusiness();
        await shop.Connect("google", NewAccount(), Expiring).Refused(422, "provider_not_configured");
        await shop.Connect("google", NewAccount()).Returns(201);
    }

    [Fact]
    public async Task It_is_refreshed_five_minutes_before_it_expires_and_again()
    {
        var shop = await product.Api.NewBusiness(mode: "test");
        var connection = await shop.NewConnection("google", credentials: new { refresh_token = "r", access_token = "a", expires_in = 3600 });
        var now = (await shop.Owner.Get($"/test-clocks/{shop.TestClockId}").Returns(200)).Json.GetProperty("now").GetDateTimeOffset();
        var due = (await shop.Owner.Get("/scheduled-messages?type=token.refresh").Until(answer => answer.Data.Length == 1)).Data[0];
        due.GetProperty("due_at").GetDateTimeOffset().ShouldBe(now.AddMinutes(55));
        due.GetProperty("subject").GetProperty("id").GetGuid().ShouldBe(connection.Id);

        (await shop.Advance("PT3H")).Ran().Count(type => type == "token.refresh").ShouldBe(3);
        var shown = (await shop.Owner.Get(connection.Path).Returns(200)).Json;
        shown.GetProperty("refreshed_at").GetDateTimeOffset().ShouldBe(now.AddMinutes(55 * 3));
        shown.GetProperty("token_expires_at").GetDateTimeOffset().ShouldBe(now.AddMinutes((55 * 3) + 60));
        await shop.Owner.Post($"{connection.Path}/revoke").Returns(204);
        (await shop.Advance("PT3H")).Ran().ShouldBe(["token.refresh"]);
        (await shop.Advance("PT3H")).Ran().ShouldBeEmpty();
    }

    public sealed class Product : IAsyncLifetime
    {
        internal ApiFixture Api { get; private set; } = null!;

        internal TokenServer Provider { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Provider = await TokenServer.Start();
            Api = new(hasDemo: false, ("OAuth:Google:TokenUrl", Provider.Url), ("OAuth:Google:ClientId", "id"), ("OAuth:Google:ClientSecret", "secret"));
            await Api.InitializeAsync();
        }

        internal static async Task<string> TokenOf(TestBusiness shop) =>
            Starters.Token(await shop.User.Session.Post("/auth/switch-business", new { business_id = shop.Id }).Returns(200));

        public async ValueTask DisposeAsync()
        {
            await Api.DisposeAsync();
            await Provider.DisposeAsync();
        }
    }
}
