using Mainstreet.Api.Tests.Archives;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Webhooks;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.Businesses;

/// <summary>Operators find businesses, and halt and close them (TEN-22, seed 004).</summary>
public sealed class RunningThePlatform(ApiFixture api)
{
    [Fact]
    public async Task Businesses_are_found_by_name_subdomain_status_and_mode()
    {
        var admin = await api.NewOperator();
        var word = $"w{Guid.NewGuid():N}";
        var (shop, cafe) = (await Registered($"{word} Crème", "live"), await Registered($"{word} bar", "test"));
        await admin.Post($"/admin/businesses/{cafe.Id}/suspend", new { reason = "billing" }).Returns(204);

        (await Found(admin, word)).ShouldBe([cafe.Id, shop.Id]);
        (await Found(admin, $"creme+{word}")).ShouldBe([shop.Id]);
        (await Found(admin, shop.Subdomain)).ShouldBe([shop.Id]);
        (await Found(admin, $"{word}&status=suspended")).ShouldBe([cafe.Id]);
        (await Found(admin, $"{word}&mode=live")).ShouldBe([shop.Id]);
        var first = await admin.Get($"/admin/businesses?q={word}&limit=1").Returns(200);
        (await Found(admin, $"{word}&limit=1&cursor={first.Json.Text("next_cursor")}")).ShouldBe([shop.Id]);

        var found = (await admin.Get($"/admin/businesses/{cafe.Id}").Returns(200)).Json;
        (found.Text("status"), found.Text("suspended_for"), found.GetProperty("owner_id").GetGuid()).ShouldBe(("suspended", "billing", (await api.Founder()).Id));
        await admin.Get($"/admin/businesses/{Guid.NewGuid()}").Refused(404, "not_found");
    }

    [Fact]
    public async Task Support_looks_and_does_not_touch()
    {
        var shop = await api.NewBusiness();
        var support = await api.NewMember(TenantId.Platform, Role.PlatformSupport);
        await support.Get($"/admin/businesses/{shop.Id}").Returns(200);
        await support.Post($"/admin/businesses/{shop.Id}/suspend", new { reason = "abuse" }).Refused(403, "missing_permission");
        await shop.Owner.Get("/admin/businesses").Refused(403, "missing_permission");
    }

    [Fact]
    public async Task What_waits_for_a_suspended_business_goes_on_with_it()
    {
        var admin = await api.NewOperator();
        await using var receiver = await WebhookReceiver.Start();
        var shop = await api.NewBusiness("shop");
        await shop.NewWebhook(receiver, ["order.*"]);
        var order = await api.Buy(shop, await shop.Sell());
        (await receiver.Next()).Json.GetProperty("type").GetString().ShouldBe("order.placed");

        await admin.Post($"/admin/businesses/{shop.Id}/suspend", new { reason = "manual" }).Returns(204);
        await api.Guest.Post(order.GuestPath("/cancel")).Returns(204);
        var database = new WholeDatabase(api.Database);
        await database.Until($"select count(*) from messages where tenant_id = '{shop.Id}' and type = 'webhook.deliver' and leased_until is null and attempt > 0", taken => taken > 0); // and put back

        receiver.All.Count.ShouldBe(1);
        await admin.Post($"/admin/businesses/{shop.Id}/reinstate").Returns(204);
        (await receiver.Next()).Json.GetProperty("type").GetString().ShouldBe("order.canceled");
    }

    [Fact]
    public async Task Steps_that_are_not_possible_say_which_are()
    {
        var (admin, shop) = (await api.NewOperator(), await api.NewBusiness());
        var path = $"/admin/businesses/{shop.Id}";
        var first = await admin.Get(path).Returns(200);
        (await admin.Post($"{path}/reopen").Returns(204)).ETag.ShouldBe(first.ETag);
        await admin.Post($"{path}/suspend", new { reason = "manual" }).IfMatch("\"v1\"").Refused(412, "stale_version");
        await admin.Post($"{path}/suspend", new { reason = "manual" }).IfMatch(first.ETag!).Returns(204);
        (await admin.Post($"{path}/reopen").Refused(409, "illegal_transition")).Json.Texts("allowed_transitions").ShouldBe(["reinstate", "terminate"]);
        await admin.Post($"{path}/close").Returns(204); // what is suspended has no time of grace
        (await admin.Get(path).Returns(200)).Json.Text("status").ShouldBe("closed");
        (await admin.Post($"{path}/reinstate").Refused(409, "illegal_transition")).Json.Texts("allowed_transitions").ShouldBeEmpty();
        await admin.Post($"/admin/businesses/{Guid.NewGuid()}/close").Refused(404, "not_found");
    }

    private async Task<(Guid Id, string Subdomain)> Registered(string name, string mode)
    {
        var created = await (await api.Founder()).Session.Post("/businesses", new { name, currency = "EUR", timezone = "Europe/Berlin", mode }).Returns(201);
        return (created.Id, created.Json.Text("subdomain")!);
    }

    private static async Task<Guid[]> Found(Session admin, string query) =>
        [.. (await admin.Get($"/admin/businesses?q={query}").Returns(200)).Data.Select(business => business.GetProperty("id").GetGuid())];
}
