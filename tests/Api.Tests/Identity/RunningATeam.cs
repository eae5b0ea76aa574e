using System.Text.Json;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Application.Identity;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.Identity;

/// <summary>Members of a business: their roles, and how they leave and come back (TEN-16).</summary>
public sealed class RunningATeam(ApiFixture api)
{
    [Fact]
    public async Task The_list_says_who_works_here_as_what()
    {
        var shop = await api.NewBusiness(owner: await api.NewUser("anna"));
        var (bob, _) = await Member(shop, Role.Cashier);
        var team = (await shop.Owner.Get("/business/team").Returns(200)).Data;
        team.Select(member => $"{member.GetProperty("full_name").GetString()} {member.GetProperty("role").GetString()} {member.GetProperty("status").GetString()}")
            .ShouldBe(["anna owner active", "cashier cashier active"]);
        team[1].GetProperty("user_id").GetGuid().ShouldBe(bob.Id);
        team[1].GetProperty("email").GetString().ShouldBe(bob.Email);
        team[1].TryGetProperty("last_active_at", out _).ShouldBeTrue();
        (await shop.Owner.Get("/business/team?limit=1").Returns(200)).Data.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Another_role_counts_at_once_and_a_refresh_leads_to_it()
    {
        var shop = await api.NewBusiness();
        var (bob, session) = await Member(shop, Role.Cashier);
        var signedIn = await api.SignIn(bob);
        await shop.Owner.Patch($"/business/team/{bob.Id}", new { role = "manager" }).Returns(204);
        await session.Get("/business").Refused(401, "invalid_token");
        await signedIn.Session.Get("/business").Refused(401, "invalid_token");
        var refreshed = await api.Refresh(signedIn.Refresh).Returns(200);
        refreshed.Json.GetProperty("business").GetProperty("role").GetString().ShouldBe("manager");
        await api.As(Starters.Token(refreshed)).Get("/business/team").Returns(200);
    }

    [Fact]
    public async Task Another_process_knows_within_a_second()
    {
        var shop = await api.NewBusiness();
        var (bob, _) = await Member(shop, Role.Cashier);
        await using var twin = api.Twin();
        var there = await twin.Switch(bob with { Session = (await twin.SignIn(bob)).Session }, shop.Id);
        await there.Get("/business").Returns(200);
        await shop.Owner.Post($"/business/team/{bob.Id}/deactivate").Returns(204);
        await there.Get("/business").Until(answer => answer.Status == 401);
    }

    [Fact]
    public async Task Who_is_deactivated_is_out_here_and_goes_on_elsewhere()
    {
        var (shop, cafe) = (await api.NewBusiness(), await api.NewBusiness("cafe"));
        var (bob, session) = await Member(shop, Role.Staff);
        await api.Grant(bob, cafe, Role.Manager);
        var there = await api.Switch(bob, cafe.Id);
        await shop.Owner.Post($"/business/team/{bob.Id}/deactivate").Returns(204);
        await shop.Owner.Post($"/business/team/{bob.Id}/deactivate").Returns(204);
        await session.Get("/business").Refused(401, "invalid_token");
        await there.Get("/business").Returns(200);
        await bob.Session.Post("/auth/switch-business", new { business_id = shop.Id }).Refused(404, "not_found");
        (await bob.Session.Get("/businesses").Returns(200)).Data.Select(business => business.Id()).ShouldBe([cafe.Id]);
        (await Listed(shop, bob)).GetProperty("status").GetString().ShouldBe("deactivated");

        await shop.Owner.Post($"/business/team/{bob.Id}/reactivate").Returns(204);
        await (await api.Switch(bob, shop.Id)).Get("/business").Returns(200);
        (await Listed(shop, bob)).GetProperty("role").GetString().ShouldBe("staff");
    }

    [Fact]
    public async Task The_last_owner_stays()
    {
        var shop = await api.NewBusiness();
        var (bob, _) = await Member(shop, Role.Owner);
        var anna = shop.User.Id;
        var session = await api.Switch(bob, shop.Id);
        await shop.Owner.Patch($"/business/team/{bob.Id}", new { role = "staff" }).Returns(204);
        await shop.Owner.Patch($"/business/team/{anna}", new { role = "manager" }).Refused(422, "last_owner");
        await shop.Owner.Post($"/business/team/{anna}/deactivate").Refused(422, "last_owner");
        await session.Get("/business").Refused(401, "invalid_token");
    }

    [Fact]
    public async Task Of_two_owners_who_leave_at_once_one_stays()
    {
        var shop = await api.NewBusiness();
        var (bob, session) = await Member(shop, Role.Owner);
        var answers = await Task.WhenAll(
            shop.Owner.Post($"/business/team/{shop.User.Id}/deactivate").Send(), session.Post($"/business/team/{bob.Id}/deactivate").Send());
        answers.Select(answer => answer.Status).Order().ShouldBe([204, 422]);
    }

    [Fact]
    public async Task Nobody_gives_or_takes_what_they_do_not_hold()
    {
        var shop = await api.NewBusiness();
        var (bob, manager) = await Member(shop, Role.Manager);
        var (eve, _) = await Member(shop, Role.Staff);
        await manager.Patch($"/business/team/{eve.Id}", new { role = "owner" }).Refused(403, "role_above_yours");
        await manager.Patch($"/business/team/{bob.Id}", new { role = "owner" }).Refused(403, "role_above_yours");
        await manager.Patch($"/business/team/{shop.User.Id}", new { role = "staff" }).Refused(403, "role_above_yours");
        await manager.Post($"/business/team/{shop.User.Id}/deactivate").Refused(403, "role_above_yours");
        await manager.Post("/business/team/transfer-ownership", new { user_id = bob.Id }).Refused(403, "owners_only");
        await manager.Patch($"/business/team/{eve.Id}", new { role = "dispatcher" }).Returns(204);
        await shop.Owner.Patch($"/business/team/{eve.Id}", new { role = "platform_admin" }).Refused(400, "role_not_possible");
        await shop.Owner.Patch($"/business/team/{Guid.NewGuid()}", new { role = "staff" }).Refused(404, "not_found");
    }

    [Fact]
    public async Task An_owner_hands_the_business_over()
    {
        var shop = await api.NewBusiness(owner: await api.NewUser("anna"));
        var (bob, _) = await Member(shop, Role.Staff);
        await shop.Owner.SteppedUp();
        await shop.Owner.Post("/business/team/transfer-ownership", new { user_id = bob.Id }).Returns(204);
        await shop.Owner.Get("/business/team").Refused(401, "invalid_token");
        var team = (await (await api.Switch(bob, shop.Id)).Get("/business/team").Returns(200)).Data;
        team.Select(member => member.GetProperty("role").GetString()).ShouldBe(["manager", "owner"]);
    }

    private async Task<(TestUser User, Session Session)> Member(TestBusiness business, Role role)
    {
        var user = await api.NewUser(Roles.NameOf(role));
        await api.Grant(user, business, role);
        return (user, await (await api.Switch(user, business.Id)).SteppedUp());
    }

    private static async Task<JsonElement> Listed(TestBusiness business, TestUser user) =>
        (await business.Owner.Get("/business/team").Returns(200)).Data.Single(member => member.GetProperty("user_id").GetGuid() == user.Id);
}
