using System.Text.Json.Nodes;
using Mainstreet.Api.Tests.Archives;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Sweeps;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;

namespace Mainstreet.Api.Tests.Infrastructures;

/// <summary>A second tier above businesses: its operators run its own, and there are no others for them (TEN-07).</summary>
public sealed class OperatingAnInfrastructure(ApiFixture api)
{
    [Fact]
    public async Task Operators_run_the_businesses_of_their_infrastructure()
    {
        var admin = await api.NewOperator();
        var (north, anna, _) = await Infrastructure(admin, "north");
        var shop = await anna.Post("/admin/businesses", New()).Returns(201);
        var record = (await anna.Get($"/admin/businesses/{shop.Id}").Returns(200)).Json;
        record.GetProperty("infrastructure_id").GetGuid().ShouldBe(north);
        (await anna.Get("/admin/businesses").Returns(200)).Data.Select(business => business.GetProperty("id").GetGuid()).ShouldBe([shop.Id]);
        await anna.Post($"/admin/businesses/{shop.Id}/suspend", new { reason = "billing" }).Returns(204);
        await anna.Post($"/admin/businesses/{shop.Id}/reinstate").Returns(204);
        await anna.Get($"/admin/businesses/{shop.Id}/onboarding").Returns(200);
        (await admin.Get($"/admin/businesses?infrastructure_id={north}").Returns(200)).Data.Length.ShouldBe(1);
        await anna.Get("/admin/audit").Refused(403, "missing_permission");
        await anna.Get("/admin/infrastructures").Refused(403, "missing_permission");
    }

    [Fact]
    public async Task What_they_try_elsewhere_is_told_to_the_platform_and_what_they_do_not_find_at_home_is_not()
    {
        var admin = await api.NewOperator();
        var ((north, anna, _), (south, bert, _)) = (await Infrastructure(admin, "north"), await Infrastructure(admin, "south"));
        var shop = (await anna.Post("/admin/businesses", New()).Returns(201)).Id;
        await bert.Get($"/admin/businesses/{shop}").Refused(404, "not_found");
        await bert.Get("/admin/dead-letters").Refused(403, "missing_permission");
        await anna.Put($"/admin/businesses/{shop}/features/nothing", new { on = true, reason = "tried" }).Refused(404, "not_found");
        (await Refused(south)).ShouldBe(["ListDeadLetters missing_permission", $"GetBusinessRecord security.cross_tenant_attempt {south}"], ignoreOrder: true);
        (await Refused(north)).ShouldBeEmpty();

        async Task<string[]> Refused(Guid infrastructure)
        {
            var user = (await admin.Get($"/admin/infrastructures/{infrastructure}/operators").Returns(200)).Data.Single().GetProperty("user_id").GetGuid();
            return [.. (await admin.Get($"/admin/audit?outcome=refused&actor={user}").Returns(200)).Data.Select(entry =>
                $"{entry.Text("action")} {entry.GetProperty("refusal").Text("code")} {entry.GetProperty("refusal").OptionalGuid("business_id")}".TrimEnd())];
        }
    }

    /// <summary>Every operation on a business that a role of an infrastructure opens, with one of another infrastructure and with one that nobody has.</summary>
    [Fact]
    public async Task Nobody_finds_a_business_of_another_infrastructure()
    {
        var admin = await api.NewOperator();
        var (_, anna, _) = await Infrastructure(admin, "north");
        var (_, bert, _) = await Infrastructure(admin, "south");
        var shop = (await anna.Post("/admin/businesses", New()).Returns(201)).Id;
        var other = await api.NewBusiness(); // of the one that is always there
        (await bert.Get("/admin/businesses").Returns(200)).Data.ShouldBeEmpty();

        var held = Permissions.OfRole(Roles.InfrastructureAdmin);
        var tried = 0;
        foreach (var operation in (await ApiDocument.Of(api)).Operations.Where(operation => operation.Path.StartsWith("/api/v1/admin/businesses/{business_id}", StringComparison.Ordinal)))
        {
            var answers = new List<string>();
            foreach (var business in new[] { shop, other.Id, Guid.NewGuid() })
            {
                var path = operation.In("path").Aggregate(operation.Path, (path, parameter) => path.Replace(
                    $"{{{parameter.Name}}}", parameter.Name switch { "business_id" => business.ToString(), "step" => "plan", "feature" => "loyalty", _ => Guid.NewGuid().ToString() }, StringComparison.Ordinal));
                var answer = await new ApiRequest(await bert.SteppedUp(), operation.Method, "~" + path, BodyOf(operation)).Send();
                var body = JsonNode.Parse(answer.Text)!.AsObject();
                body.Remove("request_id");
                answers.Add($"{answer.Status} {body.ToJsonString()}");
            }

            answers.Distinct().ShouldHaveSingleItem($"{operation}");
            answers[0].ShouldStartWith(operation.Id is "ExportLogOf" or "ImportLog" or "GetPayoutTermsOf" or "ChangePayoutTerms" ? "403" : "404", customMessage: $"{operation}");
            tried += answers[0].StartsWith("404", StringComparison.Ordinal) ? 1 : 0;
        }

        tried.ShouldBeGreaterThan(10);
        held.ShouldNotContain(Permissions.AdminAudit);
        (await anna.Get($"/admin/businesses/{shop}").Returns(200)).Json.Text("status").ShouldBe("active");
    }

    [Fact]
    public async Task Infrastructures_are_made_changed_and_removed_by_the_platform()
    {
        var admin = await api.NewOperator();
        var (id, anna, slug) = await Infrastructure(admin, "north");
        var path = $"/admin/infrastructures/{id}";
        await admin.Post("/admin/infrastructures", new { name = "Again", slug }).Refused(409, "slug_taken");
        await admin.Post("/admin/infrastructures", new { name = "Another one", slug = "default" }).Refused(409, "slug_taken");
        await admin.Patch(path, new { slug = "default" }).Refused(409, "slug_taken");
        await admin.Patch(path, new { name = "The North", settings = new { support_email = "help@example.com" } }).Returns(204);
        var changed = (await admin.Get(path).Returns(200)).Json;
        (changed.Text("name"), changed.Text("slug"), changed.GetProperty("settings").Text("support_email")).ShouldBe(("The North", slug, "help@example.com"));
        (await admin.Get("/admin/infrastructures?limit=100").Returns(200)).Data.Select(row => row.GetProperty("id").GetGuid()).ShouldContain(TenantId.Pool.Value);
        await admin.Delete($"/admin/infrastructures/{TenantId.Pool}").Refused(409, "infrastructure_in_use");

        var shop = await admin.Post("/admin/businesses", New(id)).Returns(201);
        await admin.Delete(path).Refused(409, "infrastructure_in_use");
        await admin.Post("/admin/businesses", New(Guid.NewGuid())).Refused(404, "not_found");
        (await anna.Get($"/admin/businesses/{shop.Id}").Returns(200)).Json.GetProperty("infrastructure_id").GetGuid().ShouldBe(id);

        var (empty, emil, _) = await Infrastructure(admin, "empty");
        await emil.Get("/admin/businesses").Returns(200);
        await admin.Delete($"/admin/infrastructures/{empty}").Returns(204);
        await emil.Get("/admin/businesses").Refused(401, "invalid_token");
        await admin.Get($"/admin/infrastructures/{empty}").Refused(404, "not_found");
    }

    [Fact]
    public async Task Who_is_an_operator_no_longer_is_out_at_once()
    {
        var admin = await api.NewOperator();
        var (id, anna, _) = await Infrastructure(admin, "north");
        var user = (await admin.Get($"/admin/infrastructures/{id}/operators").Returns(200)).Data.Single().GetProperty("user_id").GetGuid();
        await anna.Get("/admin/businesses").Returns(200);
        await admin.Delete($"/admin/infrastructures/{id}/operators/{user}").Returns(204);
        await anna.Get("/admin/businesses").Refused(401, "invalid_token");
        await admin.Post($"/admin/infrastructures/{id}/operators", new { email = Starters.NewEmail("nobody") }).Refused(404, "not_found");
    }

    private static object New(Guid? infrastructure = null) => infrastructure is { } id
        ? new { owner_email = Starters.NewEmail(), name = "Bakery", currency = "EUR", timezone = "UTC", infrastructure_id = id }
        : new { owner_email = Starters.NewEmail(), name = "Bakery", currency = "EUR", timezone = "UTC" };

    private static object? BodyOf(ApiOperation operation) => operation.Id switch
    {
        "SuspendBusiness" => new { reason = "billing" },
        "InviteOwner" => new { email = Starters.NewEmail() },
        "EraseCustomerOf" => new { reason = "requested" },
        "SetFeatureFlag" => new { on = true, reason = "tried" },
        "ReportCertificate" => new { status = "failed" },
        _ when operation.Body is not null => new { },
        _ => null,
    };

    /// <summary>An infrastructure with an operator, who has signed in to it.</summary>
    private async Task<(Guid Id, Session Operator, string Slug)> Infrastructure(Session admin, string name)
    {
        var slug = $"{name}-{Guid.NewGuid():N}";
        var id = (await admin.Post("/admin/infrastructures", new { name, slug }).Returns(201)).Id;
        var user = await api.NewUser(name);
        await admin.Post($"/admin/infrastructures/{id}/operators", new { email = user.Email }).Refused(409, "email_not_verified");
        await api.ProvesTheAddress(user);
        await admin.Post($"/admin/infrastructures/{id}/operators", new { email = user.Email }).Returns(204);
        return (id, await api.Switch(user, id), slug);
    }
}
