using System.Net.Sockets;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Identity;
using Mainstreet.Api.Tests.Webhooks;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Api.Tests.Events;

/// <summary>A product that is soon tired of clients who take nothing.</summary>
public sealed class ImpatientFixture : IAsyncLifetime
{
    public ApiFixture Api { get; } = new(hasDemo: false, ("Events:StallAfter", "00:00:01"), ("Events:StreamsPerUser", "1"));

    public ValueTask InitializeAsync() => Api.InitializeAsync();

    public ValueTask DisposeAsync() => Api.DisposeAsync();
}

/// <summary>How streams end that nobody closes.</summary>
public sealed class HangingUp(ImpatientFixture impatient, ApiFixture api) : IClassFixture<ImpatientFixture>
{
    [Fact]
    public async Task A_client_that_takes_nothing_is_cut_and_goes_on_where_it_was()
    {
        var shop = await impatient.Api.NewBusiness();
        await Fill(shop);
        var all = (await shop.Owner.Feed()).Positions();
        using var http = Narrow(impatient.Api);
        var slow = Owner(impatient.Api, shop, http);
        await using var listener = await Listener.Open(slow.Get("/events/stream?after=0"));

        await slow.Get("/events/stream").Until(answer => answer.Status == 200); // its one place is free again

        var heard = new List<long>();
        await Should.ThrowAsync<IOException>(async () =>
        {
            while (true)
            {
                heard.Add((await listener.Next()).Position);
            }
        });
        heard.Count.ShouldBeLessThan(all.Length);
        await using var again = await impatient.Api.Listen(shop, "?after=0", listener.LastEventId);
        heard.Concat((await again.Next(all.Length - heard.Count)).Select(e => e.Position)).ShouldBe(all);
    }

    /// <summary>More is committed than is kept in memory, and than a socket holds.</summary>
    [Fact]
    public async Task A_client_that_falls_behind_hears_everything_later()
    {
        var shop = await api.NewBusiness();
        var before = await shop.Rename("Before");
        using var http = Narrow(api);
        await using var slow = await Listener.Open(Owner(api, shop, http).Get($"/events/stream?after={before - 1}"));
        (await slow.Next()).Position.ShouldBe(before);

        await Fill(shop);

        var all = (await shop.Owner.Feed(before)).Positions();
        (await slow.Next(all.Length)).Select(e => e.Position).ShouldBe(all);
    }

    [Fact]
    public async Task What_another_process_commits_is_heard_too()
    {
        await using var twin = api.Twin();
        var shop = await api.NewBusiness();
        await using var listener = await twin.Listen(shop);

        var positions = new[] { await shop.Rename("One"), await shop.Rename("Two") };

        (await listener.Next(2)).Select(e => e.Position).ShouldBe(positions);
    }

    [Fact]
    public async Task A_process_that_stops_says_so_to_all_who_listen()
    {
        var twin = api.Twin();
        using var http = Narrow(twin);
        var shop = await api.NewBusiness();
        var owner = Owner(twin, shop, http);
        await using var listener = await Listener.Open(owner.Get("/events/stream"));

        await twin.DisposeAsync();

        (await listener.Next()).Text.ShouldBe("""{"reason":"shutting_down"}""");
        (await listener.NextOrEnd()).ShouldBeNull();
    }

    [Fact]
    public async Task Who_has_signed_out_hears_nothing_more()
    {
        var shop = await api.NewBusiness(owner: await api.NewUser()); // signing in leads into one's only business
        var phone = await api.SignIn(shop.User);
        await using var listener = await Listener.Open(phone.Session.Get("/events/stream"));
        var renamed = await shop.Rename("Before");
        (await listener.Next()).Position.ShouldBe(renamed);

        await phone.Session.Post("/auth/logout").Returns(204);
        await shop.Rename("Afterwards");

        (await listener.Next()).Text.ShouldBe("""{"reason":"session_over"}""");
        (await listener.NextOrEnd()).ShouldBeNull();
    }

    [Fact]
    public async Task Whose_role_has_changed_begins_anew()
    {
        var shop = await api.NewBusiness();
        var role = (await shop.Owner.Post("/business/roles", new { name = "Listener", permissions = new[] { "events:read", "business:read" } }).Returns(201)).Id;
        var member = await api.NewUser("member");
        await api.Grant(member, shop, Domain.Identity.Role.Staff);
        await shop.Owner.Patch($"/business/team/{member.Id}", new { role_id = role }).Returns(204);
        await using var listener = await Listener.Open((await api.Switch(member, shop.Id)).Get("/events/stream"));
        await shop.Owner.Patch($"/business/roles/{role}", new { permissions = new[] { "business:read" } }).Returns(204);
        await shop.Rename("Afterwards");
        (await listener.Next()).Text.ShouldBe("""{"reason":"session_over"}""");
    }

    /// <summary>Eight megabytes of events.</summary>
    private static async Task Fill(TestBusiness shop)
    {
        var description = new string('x', 100_000);
        await Task.WhenAll(Enumerable.Range(0, 80).Select(i => shop.Owner.Post("/business/products", new
        {
            name = $"Thing {i}",
            description,
            variants = new[] { new { price = new { amount = 100, currency = "EUR" } } },
        }).Returns(201)));
    }

    private static Session Owner(ApiFixture product, TestBusiness shop, HttpClient http) => new(http, product.Services.GetRequiredService<IAccessTokens>()
        .Issue(new(new(Guid.NewGuid()), new TenantId(shop.Id), Roles.Owner, Guid.NewGuid(), "1"), TimeProvider.System.GetUtcNow()));

    /// <summary>A client whose socket holds little.</summary>
    private static HttpClient Narrow(ApiFixture product) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { BaseAddress = product.Http.BaseAddress };
}
