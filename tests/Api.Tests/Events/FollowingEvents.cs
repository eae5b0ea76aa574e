using System.Net;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Webhooks;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Api.Tests.Events;

public sealed class FollowingEvents(ApiFixture api)
{
    [Fact]
    public async Task What_happens_is_told_as_it_happens()
    {
        var shop = await api.NewBusiness();
        await shop.Rename("Before");
        await using var listener = await api.Listen(shop);

        foreach (var name in (string[])["One", "Two", "Three"])
        {
            var position = await shop.Rename(name);
            var heard = await listener.Next();
            (heard.Position, heard.Type).ShouldBe((position, "storefront.updated"));
            heard.Json.GetProperty("data").GetProperty("settings").GetProperty("branding").GetProperty("company_name").GetString().ShouldBe(name);
        }

        listener.Retry.ShouldBe(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_listener_who_was_cut_off_in_a_burst_misses_nothing_and_hears_nothing_twice()
    {
        var shop = await api.NewBusiness();
        var before = await shop.Rename("Before");
        var heard = new List<long>();
        var burst = Enumerable.Range(0, 100).Select(i => shop.Rename($"Name {i}")).ToArray();

        var last = $"{before}";
        foreach (var count in (int[])[5, 1, 30, 64])
        {
            await using var listener = await api.Listen(shop, "?after=0", last);
            heard.AddRange((await listener.Next(count)).Select(e => e.Position));
            last = listener.LastEventId;
        }

        heard.ShouldBe((await Task.WhenAll(burst)).Order());
        heard.ShouldBe((await shop.Owner.Feed(before)).Positions());
    }

    [Fact]
    public async Task A_stream_begins_where_the_caller_says()
    {
        var shop = await api.NewBusiness();
        var (one, two, three) = (await shop.Rename("One"), await shop.Rename("Two"), await shop.Rename("Three"));

        (await First($"?after={one}")).ShouldBe(two);
        (await First($"?last_event_id={two}")).ShouldBe(three);
        (await First($"?after={one}", $"{two}")).ShouldBe(three);
        var fault = await shop.Owner.Get("/events/stream").With("Last-Event-ID", "x").Refused(400, "invalid_parameter");
        fault.Faults.ShouldBe(["Last-Event-ID invalid_parameter"]);

        async Task<long> First(string query, string? header = null)
        {
            await using var listener = await api.Listen(shop, query, header);
            return (await listener.Next()).Position;
        }
    }

    [Fact]
    public async Task A_filter_holds_before_and_after_the_listener_has_caught_up()
    {
        var shop = await api.NewBusiness();
        var before = await shop.Allow(20);
        var one = await shop.Rename("One");
        await shop.Allow(21);
        await using var listener = await api.Listen(shop, $"?after={before - 1}&types=storefront.*");
        (await listener.Next()).Position.ShouldBe(one);

        await shop.Allow(22);
        var two = await shop.Rename("Two");

        (await listener.Next()).Position.ShouldBe(two);
        await shop.Owner.Get("/events/stream?types=storefront.renamed").Refused(400, "validation_failed");
    }

    /// <summary>Else a listener to something rare would have the whole log searched again each time it comes back.</summary>
    [Fact]
    public async Task A_listener_from_whom_everything_is_hidden_hears_how_far_he_is()
    {
        var shop = await api.NewBusiness();
        var hidden = await shop.Rename("Hidden");

        (await shop.Owner.Get("/events/stream?after=0&types=order.placed").Returns(200)).Text.ReplaceLineEndings("\n").ShouldBe($"retry: 3000\n\nid: {hidden}\n");
    }

    [Fact]
    public async Task Nobody_hears_of_another_business()
    {
        var (acme, globex) = (await api.NewBusiness("acme"), await api.NewBusiness("globex"));
        await using var listener = await api.Listen(globex);

        await acme.Rename("Acme & Daughters");
        var own = await globex.Rename("Globex");

        var heard = await listener.Next();
        (heard.Position, heard.Json.GetProperty("tenant_id").GetGuid()).ShouldBe((own, globex.Id));
        (await globex.Owner.Feed()).Select(e => e.GetProperty("tenant_id").GetGuid()).Distinct().ShouldBe([globex.Id]);
    }

    [Fact]
    public async Task A_user_has_five_streams_at_most()
    {
        var shop = await api.NewBusiness(owner: await api.NewUser());
        var listeners = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Listener.Open(shop.Owner.Get("/events/stream"))));

        var refused = await shop.Owner.Get("/events/stream").Refused(429, "too_many_streams");
        refused.Header("Retry-After").ShouldNotBeNull();
        (refused.Json.GetProperty("scope").GetString(), refused.Json.GetProperty("limit").GetInt32()).ShouldBe(("user", 5));
        await shop.Owner.Get("/events?wait=30").Refused(429, "too_many_streams");
        await shop.Owner.Get("/events").Returns(200);

        await listeners[0].DisposeAsync();
        await shop.Owner.Get("/events/stream").Until(answer => answer.Status == 200);
        await Task.WhenAll(listeners.Select(listener => listener.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task A_stream_ends_with_its_token()
    {
        var shop = await api.NewBusiness();
        var tokens = api.Services.GetRequiredService<IAccessTokens>();
        var grant = new AccessGrant(new(Guid.NewGuid()), new(shop.Id), Roles.Owner, Guid.NewGuid(), "1");
        var now = TimeProvider.System.GetUtcNow();
        var left = tokens.Validate(tokens.Issue(grant, now), now)!.ValidUntil!.Value - now;

        await using var listener = await Listener.Open(api.As(tokens.Issue(grant, now - left + TimeSpan.FromSeconds(5))).Get("/events/stream"));

        var last = await listener.Next();
        (last.Type, last.Text).ShouldBe(("stream.ended", """{"reason":"token_expired"}"""));
        (await listener.NextOrEnd()).ShouldBeNull();
    }

    [Fact]
    public async Task The_address_of_old_leads_to_the_stream()
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = api.Http.BaseAddress };
        using var answer = await http.GetAsync(new Uri("/api/events?types=order.*", UriKind.Relative), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.PermanentRedirect);
        answer.Headers.Location!.ToString().ShouldBe("/api/v1/events/stream?types=order.*");
    }
}
