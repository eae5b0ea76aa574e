using Mainstreet.Api.Tests.Archives;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.Audit;

/// <summary>Who did what, and who tried and was refused (IAM-11). With a product of its own: only so many unknown ids are looked for in a time.</summary>
public sealed class ReadingTheAudit(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task What_was_done_is_told_with_who_when_and_from_where()
    {
        var shop = await api.NewBusiness();
        var done = await api.As(shop).Patch("/business/storefront", new { branding = new { company_name = "Acme & Daughters" } }).With("X-Request-Id", "req-42").Returns(204);

        var entry = (await api.As(shop).Get("/business/audit?limit=1").Returns(200)).Data.ShouldHaveSingleItem();
        Text(entry, "outcome").ShouldBe("done");
        Text(entry, "action").ShouldBe("ChangeStorefront");
        Text(entry, "network").ShouldBe("127.0.0.0/24");
        Text(entry, "request_id").ShouldBe("req-42");
        entry.GetProperty("actor").GetProperty("id").GetGuid().ShouldBe(shop.User.Id);
        entry.GetProperty("change").GetProperty("position").GetInt64().ShouldBe(done.Position!.Value);
        Text(entry.GetProperty("change"), "type").ShouldBe("storefront.updated");

        var history = (await api.As(shop).Get(Text(entry.GetProperty("change"), "history")["/api/v1".Length..]).Returns(200)).Data;
        history[^1].GetProperty("changes")[0].GetProperty("after").GetString().ShouldBe("Acme & Daughters");
    }

    [Fact]
    public async Task Who_lacks_a_permission_is_told_of_once_an_hour_however_often_it_is_tried()
    {
        var shop = await api.NewBusiness();
        var cashier = await api.NewMember(shop, Role.Cashier);
        for (var i = 0; i < 3; i++)
        {
            await cashier.Patch("/business/storefront", new { }).Refused(403, "missing_permission");
        }

        await cashier.Get("/business/audit").Refused(403, "missing_permission");

        var refused = (await api.As(shop).Get("/business/audit?outcome=refused").Returns(200)).Data;
        refused.Select(entry => $"{Text(entry, "action")} {Text(entry.GetProperty("refusal"), "code")} {Text(entry.GetProperty("actor"), "role")}")
            .ShouldBe(["ListAudit missing_permission cashier", "ChangeStorefront missing_permission cashier"], ignoreOrder: true);

        // an hour may end meanwhile
        refused.Where(entry => Text(entry, "action") == "ChangeStorefront").Sum(entry => entry.GetProperty("refusal").GetProperty("count").GetInt64()).ShouldBe(3);
    }

    [Fact]
    public async Task What_one_business_s_audit_does_not_take_is_missing_in_no_other_s()
    {
        var (broken, shop) = (await api.NewBusiness("broken"), await api.NewBusiness());
        var people = new[] { await api.NewMember(broken, Role.Cashier), await api.NewMember(shop, Role.Cashier) };
        await new WholeDatabase(api.Database).Texts($"alter table refused_attempts add constraint full_up check (tenant_id <> '{broken.Id}')");
        foreach (var person in people)
        {
            await person.Patch("/business/storefront", new { }).Refused(403, "missing_permission");
        }

        var refused = await api.As(shop).Get("/business/audit?outcome=refused").Returns(200);
        await new WholeDatabase(api.Database).Texts("alter table refused_attempts drop constraint full_up");
        Text(refused.Data.ShouldHaveSingleItem(), "action").ShouldBe("ChangeStorefront");
    }

    [Fact]
    public async Task Whoever_tries_what_is_another_business_s_is_seen_by_operators_and_learns_nothing()
    {
        var (acme, thief) = (await api.NewBusiness("acme"), await api.NewBusiness("thief", owner: await api.NewUser("thief")));
        var order = (await api.As(acme).Post("/business/products", new { name = "Can", variants = new[] { new { price = new { amount = 100, currency = "EUR" } } } }).Returns(201)).Id;

        var foreign = await api.As(thief).Get($"/business/products/{order}").Refused(404, "not_found");
        var unknown = await api.As(thief).Get($"/business/products/{Uuid.New()}").Refused(404, "not_found");
        Text(foreign.Json, "detail").ShouldBe(Text(unknown.Json, "detail"));

        var platform = await api.NewOperator();
        var seen = (await platform.Get($"/admin/audit?outcome=refused&actor={thief.User.Id}").Returns(200)).Data.ShouldHaveSingleItem();
        Text(seen.GetProperty("refusal"), "code").ShouldBe("security.cross_tenant_attempt");
        seen.GetProperty("refusal").GetProperty("business_id").GetGuid().ShouldBe(thief.Id);
        seen.GetProperty("refusal").GetProperty("count").GetInt64().ShouldBe(1);
        seen.GetProperty("subject_id").GetGuid().ShouldBe(order);
        Text(seen, "action").ShouldBe("GetProduct");

        (await api.As(thief).Get("/business/audit?outcome=refused").Returns(200)).Data.ShouldBeEmpty();
        (await api.As(acme).Get($"/business/audit?actor={thief.User.Id}").Returns(200)).Data.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_failed_sign_in_is_told_to_operators_with_its_network_and_no_more()
    {
        var user = await api.NewUser();
        await api.Guest.Post("/auth/login", new { email = user.Email, password = "not the password" }).Returns(401);

        var answer = await (await api.NewOperator()).Get("/admin/audit?outcome=refused").Returns(200);
        var entry = answer.Data.Single(entry => Text(entry, "action") == "SignIn");
        Text(entry, "network").ShouldBe("127.0.0.0/24");
        Text(entry.GetProperty("actor"), "type").ShouldBe("guest");
        answer.Text.ShouldNotContain(user.Email);
    }

    [Fact]
    public async Task Pages_go_through_what_was_done_and_what_was_refused_in_one_order()
    {
        var shop = await api.NewBusiness();
        var cashier = await api.NewMember(shop, Role.Cashier);
        await cashier.Patch("/business/storefront", new { }).Refused(403, "missing_permission");
        foreach (var name in (string[])["a", "b", "c"])
        {
            await api.As(shop).Patch("/business/storefront", new { branding = new { company_name = name } }).Returns(204);
        }

        await cashier.Post("/business/storefront/publish").Refused(403, "missing_permission");

        var whole = (await api.As(shop).Get("/business/audit?limit=100").Returns(200)).Data.Select(entry => entry.GetProperty("id").GetGuid()).ToArray();
        whole.Length.ShouldBeGreaterThan(5);
        var walked = new List<Guid>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await api.As(shop).Get($"/business/audit?limit=2{(cursor is "" ? "" : $"&cursor={cursor}")}").Returns(200);
            walked.AddRange(page.Data.Select(entry => entry.GetProperty("id").GetGuid()));
            cursor = page.Json.TryGetProperty("next_cursor", out var next) ? next.GetString() : null;
        }

        walked.ShouldBe(whole);
    }

    [Fact]
    public async Task It_is_asked_by_thing_person_time_and_outcome()
    {
        var shop = await api.NewBusiness();
        var manager = await api.NewMember(shop, Role.Manager);
        var id = (await manager.Post("/business/categories", new { name = "Garden" }).Returns(201)).Id;
        await api.As(shop).Patch("/business/storefront", new { branding = new { company_name = "Acme" } }).Returns(204);

        (await Actions(shop, $"subject={id}")).ShouldBe(["CreateCategory"]);
        (await Actions(shop, $"actor={shop.User.Id}&outcome=done")).ShouldContain("ChangeStorefront");
        (await Actions(shop, $"actor={shop.User.Id}&outcome=done")).ShouldNotContain("CreateCategory");
        (await Actions(shop, "outcome=refused")).ShouldBeEmpty();
        var at = (await api.As(shop).Get($"/business/audit?subject={id}").Returns(200)).Data[0].GetProperty("at").GetString()!;
        (await Actions(shop, $"from={at}")).ShouldBe(["ChangeStorefront", "CreateCategory"]);
        (await Actions(shop, $"to={at}")).ShouldNotContain("CreateCategory");
        await api.As(shop).Get("/business/audit?outcome=won").Refused(400, "invalid_parameter");
    }

    private async Task<string[]> Actions(TestBusiness shop, string filter) =>
        [.. (await api.As(shop).Get($"/business/audit?{filter}").Returns(200)).Data.Select(entry => Text(entry, "action"))];

    private static string Text(System.Text.Json.JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
