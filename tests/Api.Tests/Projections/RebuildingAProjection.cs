using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Api.Tests.Projections;

public class RebuildingAProjection(ApiFixture api)
{
    private const string Own = "/business/projections";
    private const string All = "/admin/projections";

    [Fact]
    public async Task A_business_rebuilds_its_own_compares_promotes_and_rolls_back()
    {
        var business = await api.NewBusiness();
        var order = await api.NewOrder(business, OrderStatus.Confirmed);
        await api.As(business).Post($"/business/orders/{order.Id}/ready").Returns(204); // reads of this session wait for it
        var before = await api.As(business).Get("/business/dashboard").Returns(200);

        var id = (await api.As(business).Post($"{Own}/sales_by_day/rebuilds", new { @switch = "manual" }).Returns(201)).Id;
        var ready = await Reached(api.As(business), $"{Own}/sales_by_day/rebuilds/{id}", "ready");
        ready.GetProperty("percent").GetDecimal().ShouldBe(100);
        ready.GetProperty("built").GetProperty("rows").GetInt32().ShouldBe(1);
        ready.GetProperty("built").GetProperty("checksum").GetString().ShouldBe(ready.GetProperty("live").GetProperty("checksum").GetString());
        var diff = await api.As(business).Get($"{Own}/sales_by_day/rebuilds/{id}/diff").Returns(200);
        diff.Json.GetProperty("rows").GetArrayLength().ShouldBe(0);
        (await api.As(business).Get($"{Own}/sales_by_day").Returns(200)).Json.GetProperty("projection").GetProperty("state").GetString().ShouldBe("rebuilding");

        await api.As(business).Post($"{Own}/sales_by_day/rebuilds/{id}/promote").Returns(204);
        await Reached(api.As(business), $"{Own}/sales_by_day/rebuilds/{id}", "switched");
        var after = await api.As(business).Get("/business/dashboard").Returns(200);
        after.Json.GetProperty("revenue").ToString().ShouldBe(before.Json.GetProperty("revenue").ToString());
        (before.Header("Projection-Version")!.Contains("sales_by_day_v3.1", StringComparison.Ordinal), after.Header("Projection-Version")!.Contains("sales_by_day_v3.2", StringComparison.Ordinal))
            .ShouldBe((true, true));

        await api.As(business).Post($"{Own}/sales_by_day/rebuilds/{id}/rollback").Returns(204);
        await Reached(api.As(business), $"{Own}/sales_by_day/rebuilds/{id}", "rolled_back");
        (await api.As(business).Get("/business/dashboard").Returns(200)).Json.GetProperty("revenue").ToString().ShouldBe(before.Json.GetProperty("revenue").ToString());
        await api.As(business).Post($"{Own}/sales_by_day/rebuilds/{id}/promote").Refused(409, "illegal_transition");
    }

    [Fact]
    public async Task An_operator_rebuilds_one_business_or_all_of_them()
    {
        var business = await api.NewBusiness();
        await api.NewOrder(business);
        var admin = await (await api.NewMember(TenantId.Platform, Role.PlatformAdmin)).SteppedUp();

        var one = (await admin.Post($"{All}/orders/rebuilds", new { tenant_id = business.Id }).Returns(201)).Id;
        (await Reached(admin, $"{All}/orders/rebuilds/{one}", "switched")).GetProperty("tenants").GetInt32().ShouldBe(1);
        var lag = (await admin.Get($"{All}/orders").Returns(200)).Json;
        lag.GetProperty("projection").GetProperty("position").GetInt64().ShouldBeGreaterThan(0);

        var all = (await admin.Post($"{All}/order_statuses/rebuilds", new { @switch = "auto" }).Returns(201)).Id;
        var done = await Reached(admin, $"{All}/order_statuses/rebuilds/{all}", "switched");
        done.GetProperty("tenants").GetInt32().ShouldBeGreaterThan(1);
        done.GetProperty("tenants_by_status").GetProperty("switched").GetInt32().ShouldBe(done.GetProperty("tenants").GetInt32());

        var names = (await admin.Get(All).Returns(200)).Data.Select(projection => projection.GetProperty("name").GetString()).ToArray();
        names.ShouldContain("sales_by_day");
        names.ShouldContain("orders");
    }

    [Fact]
    public async Task What_does_not_fit_is_refused()
    {
        var (business, other) = (await api.NewBusiness(), await api.NewBusiness("other"));
        await api.As(business).Post($"{Own}/nothing/rebuilds", new { }).Refused(404, "not_found");
        (await api.As(business).Post($"{Own}/orders/rebuilds", new { @switch = "later" }).Refused(400, "invalid_json")).Faults.ShouldBe(["/switch invalid_json"]);
        (await api.As(business).Post($"{Own}/orders/rebuilds", new { tenant_id = other.Id }).Refused(400, "unknown_field")).Faults.ShouldBe(["/tenant_id unknown_field"]);
        await api.As(business).Get(All).Refused(403, "missing_permission");
        await (await api.NewMember(business, Role.Staff)).Post($"{Own}/orders/rebuilds", new { }).Refused(403, "missing_permission");

        var id = (await api.As(business).Post($"{Own}/orders/rebuilds", new { @switch = "manual" }).Returns(201)).Id;
        await api.As(other).Get($"{Own}/orders/rebuilds/{id}").Refused(404, "not_found");
        await api.As(other).Post($"{Own}/orders/rebuilds/{id}/cancel").Refused(404, "not_found");
        await api.As(business).Post($"{Own}/orders/rebuilds", new { }).Refused(409, "rebuild_running");
        await Reached(api.As(business), $"{Own}/orders/rebuilds/{id}", "ready");
        await api.As(business).Post($"{Own}/orders/rebuilds/{id}/rollback").Refused(409, "illegal_transition");
        await api.As(business).Post($"{Own}/orders/rebuilds/{id}/cancel").Returns(204);
        await api.As(business).Get($"{Own}/orders/rebuilds/{id}/diff").Refused(409, "rebuild_not_ready");
    }

    private static async Task<System.Text.Json.JsonElement> Reached(Session session, string rebuild, string status) =>
        (await session.Get(rebuild).Until(answer => answer.Json.GetProperty("status").GetString() == status)).Json;
}
