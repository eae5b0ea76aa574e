using Mainstreet.Api.Tests.Customers;
using Mainstreet.Api.Tests.Identity;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Domain.Identity;

namespace Mainstreet.Api.Tests.Privacy;

/// <summary>Retention duties stand against erasing somebody (SEC-04).</summary>
public sealed class HoldingACustomer(ApiFixture api)
{
    [Fact]
    public async Task Nobody_erases_who_is_held_and_nobody_is_told_why()
    {
        var (shop, lamp) = await api.NewShop();
        var carla = await api.NewCustomer(shop);
        await carla.Verify();
        var order = await api.BuyAs(shop, lamp, carla.Email);
        await shop.Owner.Post($"{order.Path}/reject", new { reason = "sold_out" }).Returns(204);
        var path = Path(carla.Id);

        (await shop.Owner.Get(path).Returns(200)).Text.ShouldBe("""{"stands":false}""");
        var placed = await shop.Owner.Put(path, new { reason = "Mangrove dispute" }).Returns(204);
        (await shop.Owner.Put(path, new { reason = "Mangrove dispute" }).Returns(204)).ETag.ShouldBe(placed.ETag);
        var seen = await shop.Owner.Get(path).Returns(200);
        (seen.Json.Text("reason"), seen.Json.GetProperty("stands").GetBoolean(), seen.Json.GetProperty("by").GetProperty("id").GetGuid(), seen.ETag)
            .ShouldBe(("Mangrove dispute", true, shop.User.Id, placed.ETag));

        var refused = await shop.Erase(carla.Id).Refused(409, "legal_hold");
        refused.Text.ShouldNotContain("Mangrove");
        var told = await carla.Session.Delete("/customers/me", new { password = carla.Password }).Refused(409, "legal_hold");
        told.Text.ShouldNotContain("Mangrove");
        (await carla.Session.Get("/customers/me/export").Returns(200)).Text.ShouldNotContain("Mangrove");
        (await shop.Owner.Get("/events?limit=100").Returns(200)).Text.ShouldNotContain("Mangrove");
        (await shop.Owner.Get("/business/audit?limit=100").Returns(200)).Text.ShouldContain("customer.legal_hold_placed");

        await shop.Owner.Delete(path).IfMatch("\"v9\"").Refused(412, "stale_version");
        await shop.Owner.Delete(path).Returns(204);
        await shop.Owner.Delete(path).Returns(204);
        (await shop.Owner.Get(path).Returns(200)).Text.ShouldBe("""{"stands":false}""");
        (await shop.Owner.Get("/business/audit?limit=100").Returns(200)).Text.ShouldContain("customer.legal_hold_lifted");
        await carla.Session.Delete("/customers/me", new { password = carla.Password }).Returns(204);
        await shop.Certificate(carla.Id);
        (await new WholeDatabase(api.Database).Texts("select r::text from rm.legal_holds_v1 r where r::text like '%Mangrove%'")).ShouldBeEmpty();
        await shop.Owner.Put(path, new { reason = "Too late" }).Refused(409, "customer_erased");
    }

    [Fact]
    public async Task It_is_over_when_its_time_has_come_and_goes_along_with_a_merge()
    {
        var (shop, lamp) = await api.NewShop();
        var ids = new List<Guid>();
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var order = await api.BuyAs(shop, lamp, Starters.NewEmail("guest"));
            await shop.Owner.Post($"{order.Path}/reject", new { reason = "sold_out" }).Returns(204);
            ids.Add(await shop.CustomerOf(order));
        }

        var now = (await shop.Advance("PT1S")).Json;
        await shop.Owner.Put(Path(ids[0]), new { reason = "Case 12", until = Now(now).AddDays(3) }).Returns(204);
        await shop.Owner.Post($"/business/customers/{ids[1]}/merge", new { customer_id = ids[0] }).Returns(204);
        (await shop.Owner.Get(Path(ids[0])).Refused(410, "customer_merged")).Json.GetProperty("customer_id").GetGuid().ShouldBe(ids[1]);
        (await shop.Owner.Get(Path(ids[1])).Returns(200)).Json.Text("reason").ShouldBe("Case 12");
        await shop.Erase(ids[1]).Refused(409, "legal_hold");
        await shop.Advance("P4D");
        (await shop.Owner.Get(Path(ids[1])).Returns(200)).Json.GetProperty("stands").GetBoolean().ShouldBeFalse();
        await shop.Owner.Put(Path(ids[1]), new { reason = "Case 13", until = Now(now) }).Refused(400, "until_invalid");
        await shop.Erase(ids[1]).Returns(201);
    }

    [Fact]
    public async Task Only_who_may_decide_it_sees_or_decides_it()
    {
        var (shop, lamp) = await api.NewShop();
        var customer = await shop.CustomerOf(await api.BuyAs(shop, lamp, Starters.NewEmail("guest")));
        var manager = await api.NewMember(shop, Role.Manager);
        await manager.Get(Path(customer)).Refused(403, "missing_permission");
        await manager.Put(Path(customer), new { reason = "Mine" }).Refused(403, "missing_permission");
        await shop.Owner.Put(Path(customer), new { reason = " " }).Refused(400, "reason_invalid");
        await shop.Owner.Get(Path(Guid.NewGuid())).Refused(404, "not_found");
        await shop.Owner.Put(Path(Guid.NewGuid()), new { reason = "Nobody" }).Refused(404, "not_found");
        await (await api.NewBusiness("globex")).Owner.Put(Path(customer), new { reason = "Foreign" }).Refused(404, "not_found");
    }

    private static string Path(Guid customer) => $"/business/customers/{customer}/legal-hold";

    private static DateTimeOffset Now(System.Text.Json.JsonElement advanced) => advanced.GetProperty("now").GetDateTimeOffset();
}
