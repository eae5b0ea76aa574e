using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.Identity;

/// <summary>Roles that a business defines of the permissions of businesses (IAM-09).</summary>
public sealed class DefiningRoles(ApiFixture api)
{
    [Fact]
    public async Task A_change_counts_for_those_who_hold_the_role_from_the_next_request_on()
    {
        var shop = await api.NewBusiness();
        var role = await shop.Owner.Post("/business/roles", new { name = "Runner", permissions = new[] { "orders:read", "team:read", "orders:read" } }).Returns(201);
        role.Json.GetProperty("permissions").EnumerateArray().Select(permission => permission.GetString()).ShouldBe(["team:read", "orders:read"]);
        var bob = await Holder(shop, role.Id);
        await bob.Get("/business/orders").Returns(200);
        (await bob.Get("/business/products").Refused(403, "missing_permission")).Json.GetProperty("permission").GetString().ShouldBe("products:read");

        await shop.Owner.Patch($"/business/roles/{role.Id}", new { permissions = new[] { "products:read" } }).IfMatch(role.ETag!).Returns(204);
        await bob.Get("/business/orders").Refused(403, "missing_permission");
        await bob.Get("/business/products").Returns(200);
        await shop.Owner.Patch($"/business/roles/{role.Id}", new { name = "Clerk" }).IfMatch(role.ETag!).Refused(412, "stale_version");
        (await shop.Owner.Get("/business/roles").Returns(200)).Data.Single().GetProperty("name").GetString().ShouldBe("Runner");
    }

    [Fact]
    public async Task A_role_in_use_stays()
    {
        var shop = await api.NewBusiness();
        var role = (await shop.Owner.Post("/business/roles", new { name = "Runner", permissions = new[] { "orders:read" } }).Returns(201)).Id;
        var member = (await Member(shop, role)).Id;
        await shop.Owner.Delete($"/business/roles/{role}").Refused(409, "role_in_use");
        await shop.Owner.Patch($"/business/team/{member}", new { role = "staff" }).Returns(204);
        var invitation = (await shop.Owner.Post("/business/team/invitations", new { email = Starters.NewEmail(), role_id = role }).Returns(201)).Id;
        await shop.Owner.Delete($"/business/roles/{role}").Refused(409, "role_in_use");
        await shop.Owner.Delete($"/business/team/invitations/{invitation}").Returns(204);
        await shop.Owner.Delete($"/business/roles/{role}").Returns(204);
        await shop.Owner.Get($"/business/roles/{role}").Refused(404, "not_found");
        await shop.Owner.Patch($"/business/team/{member}", new { role_id = role }).Refused(404, "not_found");
        await shop.Owner.Post("/business/roles", new { name = "Runner", permissions = Array.Empty<string>() }).Returns(201);
    }

    [Fact]
    public async Task Only_what_one_holds_and_what_is_of_businesses_gets_into_a_role()
    {
        var shop = await api.NewBusiness();
        (await shop.Owner.Post("/business/roles", new { name = "Root", permissions = new[] { "orders:read", "admin:keys" } }).Refused(400, "validation_failed"))
            .Faults.ShouldBe(["/permissions/1 permission_unknown"]);
        var admin = (await shop.Owner.Post("/business/roles", new { name = "Admin", permissions = new[] { "roles:write", "team:read", "team:write" } }).Returns(201)).Id;
        await shop.Owner.Post("/business/roles", new { name = "Admin", permissions = Array.Empty<string>() }).Refused(409, "role_name_taken");
        var (bob, session) = (await Member(shop, admin)) is var member ? (member, await (await api.Switch(member, shop.Id)).SteppedUp()) : default;
        await session.Post("/business/roles", new { name = "More", permissions = new[] { "business:write" } }).Refused(403, "role_above_yours");
        await session.Patch($"/business/roles/{admin}", new { permissions = new[] { "business:write", "roles:write" } }).Refused(403, "role_above_yours");
        await session.Patch($"/business/team/{bob.Id}", new { role = "manager" }).Refused(403, "role_above_yours");
        await session.Post("/business/roles", new { name = "Less", permissions = new[] { "team:read" } }).Returns(201);
    }

    [Fact]
    public async Task Permissions_are_listed_with_what_they_allow()
    {
        var shop = await api.NewBusiness();
        var listed = (await shop.Owner.Get("/business/permissions").Returns(200)).Data;
        var expected = Application.Identity.Permissions.All.Where(permission => !permission.StartsWith("admin:", StringComparison.Ordinal) && !permission.StartsWith("driver:", StringComparison.Ordinal) && permission != Application.Identity.Permissions.PayoutsProcess); // operators pay
        listed.Select(entry => entry.GetProperty("permission").GetString()).ShouldBe(expected);
        listed.ShouldAllBe(entry => entry.GetProperty("description").GetString()!.Length > 10);
    }

    private async Task<TestUser> Member(TestBusiness business, Guid role)
    {
        var user = await api.NewUser("member");
        await api.Grant(user, business, Role.Staff);
        await business.Owner.Patch($"/business/team/{user.Id}", new { role_id = role }).Returns(204);
        return user;
    }

    private async Task<Session> Holder(TestBusiness business, Guid role) => await api.Switch(await Member(business, role), business.Id);
}
