using Mainstreet.Api.Tests.Archives;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Identity;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.Businesses;

/// <summary>An owner leaves, and may come back for 30 days (TEN-22).</summary>
public sealed class ClosingABusiness(ApiFixture api)
{
    private const string Finish = "business.finish_closing";

    [Fact]
    public async Task It_is_closed_30_days_later_by_its_own_clock()
    {
        var shop = await Shop();
        var before = (await shop.Advance("P200D")).Json.GetProperty("now").GetDateTimeOffset();
        await shop.Owner.Post("/business/close").Returns(204);
        await shop.Owner.Post("/business/close").Returns(204);
        var closing = (await shop.Owner.Get("/business").Returns(200)).Json;
        (closing.Text("status"), closing.GetProperty("closes_at").GetDateTimeOffset()).ShouldBe(("closing", before.AddDays(30)));

        (await shop.Advance("P29DT23H")).Ran().ShouldNotContain(Finish);
        (await shop.Advance("PT1H")).Ran().ShouldContain(Finish);
        await shop.Owner.Get("/business").Refused(423, "business_closed");
        await shop.Owner.Post("/business/reopen").Refused(423, "business_closed");
    }

    [Fact]
    public async Task Reopened_it_goes_on_and_its_end_comes_to_nothing()
    {
        var shop = await Shop();
        await shop.Owner.Post("/business/close").Returns(204);
        await shop.Owner.Patch("/business/settings", new { locale = "de" }).Refused(423, "business_closing");
        await shop.Advance("P10D");
        await shop.Owner.Post("/business/reopen").Returns(204);
        await shop.Owner.Patch("/business/settings", new { locale = "de" }).Returns(204);
        await shop.Advance("P5D");
        await shop.Owner.Post("/business/close").Returns(204);

        (await shop.Advance("P20D")).Ran().ShouldContain(Finish); // that of the first time
        (await shop.Owner.Get("/business").Returns(200)).Json.Text("status").ShouldBe("closing");
        (await shop.Advance("P10D")).Ran().ShouldContain(Finish);
        await shop.Owner.Get("/business").Refused(423, "business_closed");
    }

    [Fact]
    public async Task Only_its_owner_closes_it_and_with_the_pin()
    {
        var shop = await api.NewBusiness(owner: await api.NewUser("owner"));
        await shop.Owner.Post("/business/close").Refused(403, "step_up_required");
        await (await api.NewMember(shop, Role.Manager)).Post("/business/close").Refused(403, "missing_permission");
        await shop.Owner.SteppedUp();
        await shop.Owner.Post("/business/close").Returns(204);
        await (await api.NewMember(shop, Role.Manager)).Post("/business/reopen").Refused(403, "missing_permission");
    }

    [Fact]
    public async Task Who_signs_in_does_not_come_to_a_closed_one()
    {
        var shop = await Shop();
        var signedIn = await api.SignIn(shop.User);
        await shop.Owner.Post("/business/close").Returns(204);
        await shop.Advance("P31D");
        var cafe = await api.NewBusiness("cafe", owner: shop.User);

        var session = await api.Login(shop.User.Email, shop.User.Password).Returns(200);
        session.Json.GetProperty("business").GetProperty("id").GetGuid().ShouldBe(cafe.Id);
        (await api.Refresh(signedIn.Refresh).Returns(200)).Json.GetProperty("business").GetProperty("id").GetGuid().ShouldBe(cafe.Id);
        var mine = (await shop.User.Session.Get("/businesses").Returns(200)).Data;
        mine.Select(business => business.Text("status")).ShouldBe(["closed", "active"]);
    }

    [Fact]
    public async Task A_guest_who_came_too_late_may_try_again_with_the_same_key()
    {
        var shop = await Shop();
        var basket = new Basket(new BasketLine(await shop.Sell()));
        await shop.Owner.Post("/business/close").Returns(204);
        var key = Guid.NewGuid().ToString();
        await api.Guest.Post($"/storefronts/{shop.Subdomain}/orders", basket).Key(key).Refused(423, "business_closing");
        await shop.Owner.Post("/business/reopen").Returns(204);
        await api.Guest.Post($"/storefronts/{shop.Subdomain}/orders", basket).Key(key).Returns(201);
    }

    [Fact]
    public async Task Another_process_knows_within_a_second()
    {
        var shop = await Shop();
        await using var twin = api.Twin();
        var there = twin.As(Starters.Token(await twin.Login(shop.User.Email, shop.User.Password).Returns(200)));
        await there.Get("/business").Returns(200);
        await (await api.NewOperator()).Post($"/admin/businesses/{shop.Id}/suspend", new { reason = "abuse" }).Returns(204);
        await there.Post("/business/categories", new { name = "Lamps" }).Refused(423, "business_suspended"); // the commit looks for itself
        await shop.Owner.Post("/business/close").Refused(423, "business_suspended");
        await there.Get("/business").Returns(200);
        await (await api.NewOperator()).Post($"/admin/businesses/{shop.Id}/close").Returns(204);
        await there.Get("/business").Until(answer => answer.Status == 423);
    }

    private async Task<TestBusiness> Shop()
    {
        var shop = await api.NewBusiness("shop", mode: "test", owner: await api.NewUser("owner"));
        await shop.Owner.SteppedUp();
        return shop;
    }
}
