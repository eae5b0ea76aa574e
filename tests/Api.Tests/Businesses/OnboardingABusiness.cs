using System.Text.Json;
using Mainstreet.Api.Tests.Archives;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Sweeps;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.Businesses;

/// <summary>The twelve steps from nothing to a business that works (TEN-13, TEN-14).</summary>
public sealed class OnboardingABusiness(ApiFixture api)
{
    private static readonly string[] all =
    [
        "account", "details", "plan", "settings", "owner", "payment_gateway", "categories", "theme", "drivers", "driver_pool", "activation", "welcome_email",
    ];

    [Fact]
    public async Task Each_step_is_done_by_doing_it_and_stays_done()
    {
        var email = Starters.NewEmail("owner");
        var signedUp = await api.Guest.Post("/signup", new
        {
            business_name = "Corner Bakery",
            subdomain = Starters.NewSubdomain("bakery"),
            currency = "EUR",
            timezone = "Europe/Berlin",
            email,
            password = Starters.Password,
            full_name = "Dora",
        }).Returns(201);
        var owner = api.As(signedUp.Json.GetProperty("session").Text("access_token")!);
        await owner.Get("/business/onboarding").Until(answer => StatusOf(answer, "welcome_email") == "done");
        (await Open(owner)).ShouldBe(["details", "plan", "settings", "payment_gateway", "theme", "drivers", "driver_pool", "activation"]);

        await owner.Patch("/business/profile", new { phone = "+49 30 123456", type = "bakery" }).Returns(204);
        (await Open(owner)).ShouldNotContain("details");
        await owner.Post("/business/onboarding/plan/complete").Returns(204);
        await owner.Patch("/business/settings", new { locale = "de" }).Returns(204);
        await owner.Post("/business/onboarding/payment_gateway/complete").Returns(204);
        await owner.Patch("/business/storefront", new { branding = new { primary_color = "#aa3300" } }).Returns(204);
        (await Open(owner)).ShouldBe(["drivers", "driver_pool", "activation"]);

        // another day, in another session
        var later = api.As(Starters.Token(await api.Guest.Post("/auth/login", new { email, password = Starters.Password }).Returns(200)));
        await later.Post("/business/onboarding/drivers/skip").Returns(204);
        await later.Post("/business/onboarding/driver_pool/complete").Returns(204);
        await later.Post("/business/products", new { name = "Bread", handle = "bread", variants = new[] { new { price = new { amount = 300, currency = "EUR" } } }, publish = true }).Returns(201);
        await later.Post("/business/storefront/publish").Returns(204);
        (await Open(later)).ShouldBeEmpty();
        var end = await later.Get("/business/onboarding").Returns(200);
        end.Json.GetProperty("open").GetInt32().ShouldBe(0);
        Steps(end).Where(step => step.Text("status") == "skipped").Select(step => step.Text("key")).ShouldBe(["drivers"]);
        Steps(end).Where(step => step.Text("status") == "done").ShouldAllBe(step => step.GetProperty("done_at").GetDateTimeOffset() > default(DateTimeOffset));

        await later.Post("/business/onboarding/drivers/reopen").Returns(204);
        await later.Post("/business/onboarding/plan/reopen").Returns(204);
        (await Open(later)).ShouldBe(["plan", "drivers"]);
    }

    [Fact]
    public async Task An_operator_goes_the_same_way()
    {
        var (admin, support) = (await api.NewOperator(), await api.NewMember(TenantId.Platform, Role.PlatformSupport));
        var created = await admin.Post("/admin/businesses", new { owner_email = Starters.NewEmail(), name = "Bakery", currency = "EUR", timezone = "UTC", mode = "test" }).Returns(201);
        var path = $"/admin/businesses/{created.Id}/onboarding";
        var first = await support.Get(path).Until(answer => StatusOf(answer, "categories") == "done");
        Steps(first).Select(step => step.Text("key")).ShouldBe(all);
        (StatusOf(first, "owner"), StatusOf(first, "payment_gateway"), StatusOf(first, "welcome_email")).ShouldBe(("open", "not_applicable", "open"));

        await admin.Patch($"/admin/businesses/{created.Id}", new { profile = new { type = "bakery" } }).Returns(204);
        await admin.Post($"{path}/plan/complete").Returns(204);
        await admin.Post($"{path}/driver_pool/skip").Returns(204);
        await admin.Get(path).Until(answer => (StatusOf(answer, "details"), StatusOf(answer, "plan"), StatusOf(answer, "driver_pool")) == ("done", "done", "skipped"));
        await support.Post($"{path}/plan/reopen").Refused(403, "missing_permission");
        await admin.Post($"{path}/theme/complete").Refused(409, "step_done_by_doing");
        await admin.Post($"{path}/owner/skip").Refused(409, "step_needed");
        await admin.Post($"{path}/dancing/skip").Refused(404, "not_found");
        await admin.Get($"/admin/businesses/{Guid.NewGuid()}/onboarding").Refused(404, "not_found");
    }

    [Fact]
    public async Task Every_link_leads_to_an_operation_of_the_api()
    {
        var shop = await api.NewBusiness();
        var operations = (await ApiDocument.Of(api)).Operations.ToDictionary(operation => operation.Id, StringComparer.Ordinal);
        foreach (var answer in new[] { await shop.Owner.Get("/business/onboarding").Returns(200), await (await api.NewOperator()).Get($"/admin/businesses/{shop.Id}/onboarding").Returns(200) })
        {
            StatusOf(answer, "welcome_email").ShouldBe("not_applicable");
            foreach (var link in Steps(answer).Where(step => step.TryGetProperty("link", out _)).Select(step => step.GetProperty("link")))
            {
                var operation = operations[link.Text("operation")!];
                operation.Method.Method.ShouldBe(link.Text("method"));
                operation.Path.Replace("{business_id}", shop.Id.ToString(), StringComparison.Ordinal).Split("{step}")[0].TrimEnd('/')
                    .ShouldBeOneOf(link.Text("href")!, link.Text("href")!.Split("/onboarding/")[0] + "/onboarding");
            }
        }
    }

    private static async Task<string?[]> Open(Session owner) =>
        [.. Steps(await owner.Get("/business/onboarding").Returns(200)).Where(step => step.Text("status") == "open").Select(step => step.Text("key"))];

    private static string? StatusOf(ApiAnswer answer, string key) => Steps(answer).Single(step => step.Text("key") == key).Text("status");

    private static JsonElement[] Steps(ApiAnswer answer) => [.. answer.Json.GetProperty("steps").EnumerateArray()];
}
