using Mainstreet.Domain.Identity;
using Mainstreet.Domain.Storefronts;

namespace Mainstreet.Api.Tests.History;

public sealed class ReadingHistory(ApiFixture api)
{
    [Fact]
    public async Task Every_step_is_told_with_its_time_its_actor_and_what_was_done()
    {
        var shop = await api.NewBusiness();
        await api.As(shop).Patch("/business/storefront", new { branding = new { company_name = "Acme & Daughters" } }).Returns(204);

        var entries = (await api.As(shop).Get($"/history/storefronts/{Of(shop)}").Returns(200)).Data;

        entries.Select(entry => (entry.GetProperty("version").GetInt32(), entry.GetProperty("type").GetString(), entry.GetProperty("command").GetString()))
            .ShouldBe([(1, "storefront.created", "ProvisionBusiness"), (2, "storefront.updated", "ChangeStorefront")]);
        var last = entries[1];
        last.GetProperty("schema_version").GetInt32().ShouldBe(1);
        last.GetProperty("actor").GetProperty("type").GetString().ShouldBe("user");
        last.GetProperty("actor").GetProperty("id").GetGuid().ShouldBe(shop.User.Id);
        last.GetProperty("actor").GetProperty("role").GetString().ShouldBe("owner");
        last.GetProperty("data").GetProperty("settings").GetProperty("branding").GetProperty("company_name").GetString().ShouldBe("Acme & Daughters");
        last.GetProperty("position").GetInt64().ShouldBe(api.As(shop).Position!.Value);
        entries.Select(entry => entry.GetProperty("at").GetDateTimeOffset()).ShouldBeInOrder();
    }

    [Fact]
    public async Task Every_step_tells_what_it_changed()
    {
        var shop = await api.NewBusiness();
        await api.As(shop).Patch("/business/storefront", new { branding = new { company_name = "Acme" } }).Returns(204);
        await api.As(shop).Patch("/business/storefront", new { branding = new { company_name = "Acme & Daughters" } }).Returns(204);

        var last = (await api.As(shop).Get($"/history/storefronts/{Of(shop)}?limit=2").Returns(200)).Json.GetProperty("next_cursor").GetString();
        var entry = (await api.As(shop).Get($"/history/storefronts/{Of(shop)}?limit=2&cursor={last}").Returns(200)).Data.ShouldHaveSingleItem();
        entry.GetProperty("changes").EnumerateArray().Select(change =>
                (change.GetProperty("field").GetString(), change.GetProperty("before").ToString(), change.GetProperty("after").ToString()))
            .ShouldBe([("/branding/company_name", "Acme", "Acme & Daughters"), ("/version", "2", "3")]);
    }

    [Fact]
    public async Task Long_histories_come_in_pages()
    {
        var shop = await api.NewBusiness();
        foreach (var name in (string[])["a", "b", "c", "d"])
        {
            await api.As(shop).Patch("/business/storefront", new { branding = new { company_name = name } }).Returns(204);
        }

        var versions = new List<int>();
        string? cursor = null;
        do
        {
            var page = await api.As(shop).Get($"/history/storefronts/{Of(shop)}?limit=2{(cursor is null ? "" : $"&cursor={cursor}")}").Returns(200);
            versions.AddRange(page.Data.Select(entry => entry.GetProperty("version").GetInt32()));
            cursor = page.Json.TryGetProperty("next_cursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        versions.ShouldBe([1, 2, 3, 4, 5]);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        var (shop, other) = (await api.NewBusiness(), await api.NewBusiness());
        await api.As(other).Get($"/history/storefronts/{Of(shop)}").Refused(404, "not_found");
        await api.As(shop).Get($"/history/storefronts/{Guid.NewGuid()}").Refused(404, "not_found");
        await api.As(shop).Get($"/history/orders/{Of(shop)}").Refused(404, "not_found");
        await api.As(shop).Get($"/history/secrets/{Of(shop)}").Refused(404, "not_found");
    }

    [Fact]
    public async Task A_thing_whose_events_stay_inside_has_an_empty_history()
    {
        var shop = await api.NewBusiness();
        var webhook = await api.As(shop).Post("/webhook-endpoints", new { url = "http://127.0.0.1:65000/hook", event_types = new[] { "order.*" } }).Returns(201);
        (await api.As(shop).Get($"/history/webhook-endpoints/{webhook.Id}").Returns(200)).Data.ShouldBeEmpty();
        await api.As(shop).Post($"/webhook-endpoints/{webhook.Id}/disable").Returns(204);
        (await api.As(shop).Get($"/history/webhook-endpoints/{webhook.Id}").Returns(200)).Data.Length.ShouldBe(1);
    }

    [Fact]
    public async Task It_takes_a_permission()
    {
        var shop = await api.NewBusiness();
        var marketer = await api.NewMember(shop, Role.Marketer);
        await marketer.Get($"/history/storefronts/{Of(shop)}").Refused(403, "missing_permission");
    }

    private static Guid Of(TestBusiness shop) => Storefront.StreamOf(new(shop.Id));
}
