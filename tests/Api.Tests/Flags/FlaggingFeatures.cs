using System.Text.Json;
using Mainstreet.Api.Tests.Archives;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.Flags;

public sealed class FlaggingFeatures(ApiFixture api)
{
    [Fact]
    public async Task A_flag_takes_a_feature_from_one_business_and_its_end_gives_it_back()
    {
        var (shop, other) = (await api.NewBusiness(), await api.NewBusiness());
        var admin = await api.NewMember(TenantId.Platform, Role.PlatformAdmin);
        (await Has(shop, "loyalty")).ShouldBeTrue();

        await admin.Put(Flag(shop, "loyalty"), new { on = false, reason = "Not paid for" }).Returns(204);
        (await Has(shop, "loyalty")).ShouldBeFalse();
        (await Has(shop, "api_access")).ShouldBeTrue();
        (await Has(other, "loyalty")).ShouldBeTrue();
        var flag = (await State(admin, shop, "loyalty")).GetProperty("flag");
        (flag.GetProperty("on").GetBoolean(), flag.Text("reason"), flag.GetProperty("percentage").GetInt32()).ShouldBe((false, "Not paid for", 100));

        await admin.Delete(Flag(shop, "loyalty")).Returns(204);
        (await Has(shop, "loyalty")).ShouldBeTrue();
        (await State(admin, shop, "loyalty")).TryGetProperty("flag", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_flag_shuts_what_the_feature_opens()
    {
        var shop = await api.NewBusiness();
        await shop.Owner.SteppedUp();
        var admin = await api.NewMember(TenantId.Platform, Role.PlatformAdmin);
        await admin.Put(Flag(shop, "api_access"), new { on = false, reason = "Abuse" }).Returns(204);

        (await shop.Owner.Post("/business/api-keys", new { kind = "secret", scopes = new[] { "orders:read" } }).Returns(403)).Text.ShouldContain("api_access");

        await admin.Put(Flag(shop, "api_access"), new { on = false, reason = "Abuse", until = "2026-01-01T00:00:00Z" }).Returns(204);
        await shop.Owner.Post("/business/api-keys", new { kind = "secret", scopes = new[] { "orders:read" } }).Returns(201);
    }

    [Fact]
    public async Task A_flag_for_some_percent_divides_the_people_of_a_business()
    {
        var shop = await api.NewBusiness();
        var admin = await api.NewMember(TenantId.Platform, Role.PlatformAdmin);
        await admin.Put(Flag(shop, "loyalty"), new { on = false, reason = "A trial", percentage = 50 }).Returns(204);

        var people = Enumerable.Range(0, 40).Select(i => api.As(new UserId(Uuid.Named("person", $"{i}")), new(shop.Id), "staff")).ToArray();
        var first = await Task.WhenAll(people.Select(Has));
        first.Count(has => has).ShouldBeInRange(8, 32);
        (await Task.WhenAll(people.Select(Has))).ShouldBe(first);

        static async Task<bool> Has(Session person) => Enabled(await person.Get("/business/features").Returns(200), "loyalty");
    }

    [Fact]
    public async Task Who_is_told_to_have_a_feature_has_it()
    {
        var shop = await api.NewBusiness(mode: "test");
        await (await api.NewOperator()).Put(Flag(shop, "custom_integrations"), new { on = false, reason = "A trial", percentage = 50 }).Returns(204);
        var told = new List<bool>();
        foreach (var person in Enumerable.Range(0, 10).Select(i => api.As(new UserId(Uuid.Named("person", $"{i}")), new(shop.Id), "owner")))
        {
            told.Add(Enabled(await person.Get("/business/features").Returns(200), "custom_integrations"));
            await person.Put("/business/integrations/custom_http", new { settings = new[] { new { name = "url", value = "https://books.example" } } }).Returns(told[^1] ? 204 : 403);
        }

        told.Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public async Task What_is_wrong_with_a_flag_is_said()
    {
        var shop = await api.NewBusiness();
        var admin = await api.NewMember(TenantId.Platform, Role.PlatformAdmin);
        await admin.Put(Flag(shop, "teleport"), new { on = true, reason = "Why not" }).Refused(404, "not_found");
        await admin.Put($"/admin/businesses/{Guid.NewGuid()}/features/loyalty", new { on = true, reason = "Why not" }).Refused(404, "not_found");
        await admin.Get($"/admin/businesses/{Guid.NewGuid()}/features").Refused(404, "not_found");
        await admin.Put(Flag(shop, "loyalty"), new { on = true, reason = "" }).Refused(400, "reason_invalid");
        await admin.Put(Flag(shop, "loyalty"), new { on = true, reason = "x", percentage = 0 }).Refused(400, "flag_invalid");
        await admin.Delete(Flag(shop, "loyalty")).Refused(404, "not_found");
        await admin.Put(Flag(shop, "loyalty"), new { on = true, reason = "x" }).With("If-Match", "\"v7\"").Refused(412, "stale_version");
        await (await api.NewMember(TenantId.Platform, Role.PlatformSupport)).Put(Flag(shop, "loyalty"), new { on = true, reason = "x" }).Refused(403, "missing_permission");
    }

    private static string Flag(TestBusiness shop, string feature) => $"/admin/businesses/{shop.Id}/features/{feature}";

    private static async Task<bool> Has(TestBusiness shop, string feature) => Enabled(await shop.Owner.Get("/business/features").Returns(200), feature);

    private static bool Enabled(ApiAnswer answer, string feature) => answer.Data.Single(state => state.Text("feature") == feature).GetProperty("enabled").GetBoolean();

    private static async Task<JsonElement> State(Session admin, TestBusiness shop, string feature) =>
        (await admin.Get($"/admin/businesses/{shop.Id}/features").Returns(200)).Data.Single(state => state.Text("feature") == feature);
}
