using System.Text.Json;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Api.Tests.TestClocks;

public sealed class SharingATestClock(ApiFixture api)
{
    [Fact]
    public async Task Businesses_of_one_owner_live_by_one_clock()
    {
        var shop = await api.NewBusiness("shop", mode: "test");
        var now = (await shop.Advance("P3D")).Json.GetProperty("now").GetDateTimeOffset();
        var cafe = await Joined(shop, shop.User);
        (await cafe.Owner.Get($"/test-clocks/{shop.TestClockId}").Returns(200)).Json.GetProperty("now").GetDateTimeOffset().ShouldBe(now);
        (await cafe.Owner.Get("/business").Returns(200)).Json.Text("mode").ShouldBe("test");

        await api.Buy(cafe, new Basket(new BasketLine(await cafe.Sell())) { PaymentMethod = "card" });
        await api.Buy(shop, new Basket(new BasketLine(await shop.Sell())) { PaymentMethod = "card" });
        var advanced = await shop.Advance("PT1H");

        Expired(advanced.Json.GetProperty("executed").EnumerateArray()).ShouldBe([cafe.Id, shop.Id], ignoreOrder: true);
        foreach (var business in new[] { shop, cafe })
        {
            Expired((await business.Owner.Get($"/test-clocks/{shop.TestClockId}/executed").Returns(200)).Data).ShouldBe([business.Id]);
        }

        var moved = await cafe.Advance("PT1H");
        (await shop.Owner.Get($"/test-clocks/{shop.TestClockId}").Returns(200)).Json.GetProperty("now").GetDateTimeOffset()
            .ShouldBe(moved.Json.GetProperty("now").GetDateTimeOffset());
    }

    [Fact]
    public async Task What_ran_is_read_page_by_page_the_last_first()
    {
        var shop = await api.NewBusiness("shop", mode: "test");
        var variant = await shop.Sell();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await api.Buy(shop, new Basket(new BasketLine(variant)) { PaymentMethod = "card" });
            await shop.Advance("PT1H");
        }

        var executed = $"/test-clocks/{shop.TestClockId}/executed";
        var all = (await shop.Owner.Get(executed).Returns(200)).Data;
        Expired(all).Length.ShouldBe(3);
        all.Select(message => message.GetProperty("ran_at").GetDateTimeOffset()).ShouldBeInOrder(SortDirection.Descending);
        var first = await shop.Owner.Get($"{executed}?limit=2").Returns(200);
        var rest = await shop.Owner.Get($"{executed}?limit=100&cursor={first.Json.Text("next_cursor")}").Returns(200);
        first.Data.Concat(rest.Data).Select(Id).ShouldBe(all.Select(Id));
        await (await api.NewBusiness(mode: "test")).Owner.Get(executed).Refused(404, "not_found");
    }

    [Fact]
    public async Task Only_who_may_move_it_in_all_of_them_joins_and_moves_it()
    {
        var (ann, bob) = (await api.NewUser("ann"), await api.NewUser("bob"));
        var shop = await api.NewBusiness("shop", mode: "test", owner: ann);
        await Join(shop.TestClockId, bob).Refused(404, "not_found");
        await api.In(TenantId.Platform, services => services.GetRequiredService<IMediator>().Send(new GrantMembership(new UserId(bob.Id), new(shop.Id), Role.Manager)));
        await Join(shop.TestClockId, bob).Refused(404, "not_found");

        var cafe = await Joined(shop, ann);
        await api.In(TenantId.Platform, services => services.GetRequiredService<IMediator>().Send(new GrantMembership(new UserId(bob.Id), new(cafe.Id), Role.Owner)));
        var partner = await api.Switch(bob, cafe.Id);
        await partner.Post($"/test-clocks/{shop.TestClockId}/advance", new { by = "PT1H" }).Refused(403, "missing_permission");
        await Join(shop.TestClockId, bob).Refused(404, "not_found");
        await shop.Advance("PT1H");
    }

    [Fact]
    public async Task A_live_business_has_no_clock_to_share()
    {
        var shop = await api.NewBusiness("shop", mode: "test");
        await Join(shop.TestClockId, shop.User, mode: "live").Refused(400, "test_clock_mismatch");
        await Join(Guid.NewGuid(), shop.User).Refused(404, "not_found");
    }

    private static Guid[] Expired(IEnumerable<JsonElement> executed) =>
        [.. executed.Where(message => message.Text("type") == "order.payment_expire").Select(message => message.GetProperty("business_id").GetGuid())];

    private static Guid Id(JsonElement message) => message.GetProperty("message_id").GetGuid();

    private static ApiRequest Join(Guid? clock, TestUser owner, string? mode = null) => owner.Session.Post(
        "/businesses", new { name = "cafe", subdomain = Starters.NewSubdomain("cafe"), currency = "EUR", timezone = "Europe/Berlin", mode = mode ?? "test", test_clock_id = clock });

    private async Task<TestBusiness> Joined(TestBusiness other, TestUser owner)
    {
        var created = await Join(other.TestClockId, owner).Returns(201);
        created.Json.GetProperty("test_clock_id").GetGuid().ShouldBe(other.TestClockId!.Value);
        return new(created.Id, created.Json.Text("subdomain")!, owner, await api.Switch(owner, created.Id), other.TestClockId);
    }
}
