using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Api.Tests.Projections;

/// <summary>What a projection cannot take is an order that makes a sum too large.</summary>
public class FreeingAParkedEvent(ApiFixture api)
{
    private const string Own = "/business/projections/sales_by_day/parked";
    private const string All = "/admin/projections/sales_by_day/parked";

    [Fact]
    public async Task A_business_tries_again_when_the_cause_is_gone()
    {
        var business = await api.NewBusiness();
        var owner = api.As(business);
        var parked = await Poisoned(business, async () =>
        {
            var first = await Parked(owner);
            await owner.Post($"{Own}/{first.GetProperty("event_id").GetString()}/retry").Returns(204);
            return await Parked(owner, first.GetProperty("since").GetDateTimeOffset());
        });
        (parked.GetProperty("event_type").GetString(), parked.GetProperty("state").GetString()).ShouldBe(("order.placed", "parked"));
        parked.GetProperty("error").GetString()!.ShouldContain("too large or too small for a Decimal");
        parked.GetProperty("error").GetString()!.ShouldNotContain("\n");
        (await owner.Get("/business/projections/sales_by_day").Returns(200)).Json.GetProperty("projection").GetProperty("state").GetString().ShouldBe("parked");

        var again = $"{Own}/{parked.GetProperty("event_id").GetString()}/retry";
        await owner.Post(again).Key("once").Returns(204);
        await owner.Post(again).Key("once").Returns(204);
        await owner.Get("/business/dashboard").Until(answer => answer.Status == 200 && answer.Json.GetProperty("orders").GetInt32() == 2);
        (await owner.Get(Own).Returns(200)).Data.ShouldBeEmpty();
        (await owner.Get($"{Own}?state=retried&limit=1").Returns(200)).Json.GetProperty("has_more").GetBoolean().ShouldBeTrue();
        await owner.Post(again.Replace("retry", "skip", StringComparison.Ordinal), new { reason = "late" }).Refused(409, "event_not_parked");
    }

    [Fact]
    public async Task An_operator_leaves_the_event_out_and_the_rest_follows()
    {
        var business = await api.NewBusiness();
        var admin = await api.NewMember(TenantId.Platform, Role.PlatformAdmin);
        var id = await Poisoned(business, async () => (await Parked(api.As(business))).GetProperty("event_id").GetString()!);
        var seen = (await admin.Get($"{All}?limit=100").Returns(200)).Data.Single(parked => parked.GetProperty("event_id").GetString() == id);
        (seen.GetProperty("tenant_id").GetGuid(), seen.GetProperty("error").GetString()!.Contains('\n', StringComparison.Ordinal)).ShouldBe((business.Id, true));

        (await admin.Post($"{All}/{id}/skip", new { reason = " " }).Refused(400, "validation_failed")).Faults.ShouldBe(["/reason not_empty"]);
        await admin.Post($"{All}/{id}/skip", new { reason = "its business was a test" }).Returns(204);
        await api.NewOrder(business, OrderStatus.Confirmed);
        await api.As(business).Get("/business/dashboard").Until(answer => answer.Status == 200 && answer.Json.GetProperty("orders").GetInt32() == 2);
        var skipped = (await api.As(business).Get($"{Own}?state=skipped").Returns(200)).Data.ShouldHaveSingleItem();
        (skipped.GetProperty("event_id").GetString(), skipped.GetProperty("reason").GetString()).ShouldBe((id, "its business was a test"));
        skipped.GetProperty("decided_by").GetGuid().ShouldNotBe(Guid.Empty);
    }

    [Fact]
    public async Task What_does_not_fit_is_refused()
    {
        var (business, other) = (await api.NewBusiness(), await api.NewBusiness("other"));
        var id = await Poisoned(business, async () => (await Parked(api.As(business))).GetProperty("event_id").GetString()!);
        (await api.As(other).Get(Own).Returns(200)).Data.ShouldBeEmpty();
        await api.As(other).Post($"{Own}/{id}/retry").Refused(404, "not_found");
        await api.As(other).Post($"{Own}/{id}/skip", new { reason = "not mine" }).Refused(404, "not_found");
        await api.As(business).Post($"/business/projections/orders/parked/{id}/retry").Refused(404, "not_found");
        await api.As(business).Get("/business/projections/nothing/parked").Refused(404, "not_found");
        (await api.As(business).Get("/business/projections/order_deadlines/parked").Returns(200)).Data.ShouldBeEmpty();
        (await api.As(business).Get($"{Own}?state=lost").Refused(400, "invalid_parameter")).Faults.ShouldBe(["state invalid_parameter"]);
        await api.As(business).Get(All).Refused(403, "missing_permission");
        await (await api.NewMember(business, Role.Staff)).Post($"{Own}/{id}/retry").Refused(403, "missing_permission");
    }

    /// <summary>A second order is placed while the day's sum is as large as a number can be.</summary>
    private async Task<T> Poisoned<T>(TestBusiness business, Func<Task<T>> meanwhile)
    {
        await api.NewOrder(business);
        await api.As(business).Get("/business/dashboard").Until(answer => answer.Json.GetProperty("orders").GetInt32() == 1);
        await Items("79228162514264337593543950335");
        await api.NewOrder(business);
        var result = await meanwhile();
        await Items("2");
        return result;

        Task Items(string sum) => new WholeDatabase(api.Database).Texts($"update rm.sales_by_day_v3 set items = {sum} where tenant_id = '{business.Id}'");
    }

    private static async Task<System.Text.Json.JsonElement> Parked(Session owner, DateTimeOffset? after = null) =>
        (await owner.Get(Own).Until(answer => answer.Data is [var parked] && !(parked.GetProperty("since").GetDateTimeOffset() <= after))).Data[0];
}
