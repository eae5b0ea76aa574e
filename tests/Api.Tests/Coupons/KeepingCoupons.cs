using Mainstreet.Api.Tests.Orders;
using static Mainstreet.Api.Tests.Orders.OrderStarters;

namespace Mainstreet.Api.Tests.Coupons;

public sealed class KeepingCoupons(ApiFixture api)
{
    [Fact]
    public async Task A_code_is_one_coupon_of_a_business()
    {
        var (acme, globex) = (await api.NewBusiness("acme"), await api.NewBusiness("globex"));
        (await acme.NewCoupon(code: "spring_26")).Code.ShouldBe("SPRING_26");
        var refused = await acme.Owner.Post("/business/coupons", new { code = "Spring_26", kind = "free_delivery" }).Refused(409, "code_taken");
        refused.Faults.ShouldBe(["/code code_taken"]);
        await globex.NewCoupon(code: "SPRING_26");
        (await acme.Owner.Post("/business/coupons", new { code = "!", kind = "free_delivery" }).Refused(400, "code_invalid")).Faults.ShouldBe(["/code code_invalid"]);
    }

    [Fact]
    public async Task Terms_are_changed_as_a_whole_and_name_what_there_is()
    {
        var acme = await api.NewBusiness("acme");
        var coupon = await acme.NewCoupon(new { kind = "percentage", percent = 10, max_uses = 5 });
        var terms = $"{coupon.Path}/terms";

        await acme.Owner.Put(terms, new { kind = "fixed_amount", amount = Eur(500) }).IfMatch("\"v1\"").Returns(204);
        await acme.Owner.Put(terms, new { kind = "fixed_amount", amount = Eur(700) }).IfMatch("\"v1\"").Refused(412, "stale_version");
        var changed = (await acme.Owner.Get(coupon.Path).Returns(200)).Json;
        (changed.Text("kind"), changed.Amount("amount"), changed.TryGetProperty("percent", out _), changed.TryGetProperty("max_uses", out _))
            .ShouldBe(("fixed_amount", 500, false, false));
        var unknown = await acme.Owner.Put(terms, new { kind = "free_delivery", category_ids = new[] { Guid.NewGuid() }, product_ids = new[] { Guid.NewGuid() } })
            .Refused(404, "not_found");
        unknown.Faults.ShouldBe(["/category_ids/0 not_found", "/product_ids/0 not_found"]);
        (await acme.Owner.Put(terms, new { kind = "percentage" }).Refused(400, "percent_invalid")).Faults.ShouldBe(["/percent percent_invalid"]);
    }

    [Fact]
    public async Task They_are_found_by_code_kind_and_status()
    {
        var acme = await api.NewBusiness("acme");
        var tomorrow = TimeProvider.System.GetUtcNow().AddDays(1);
        await acme.NewCoupon(code: "SPRING-1");
        await acme.NewCoupon(new { kind = "free_delivery", starts_at = tomorrow }, "SPRING-2");
        await acme.NewCoupon(new { kind = "free_delivery", ends_at = tomorrow.AddDays(-2) }, "WINTER");
        await acme.Owner.Post($"{(await acme.NewCoupon(code: "OFF")).Path}/deactivate").Returns(204);

        (await Codes("")).ShouldBe(["OFF", "WINTER", "SPRING-2", "SPRING-1"]);
        (await Codes("?q=spring")).ShouldBe(["SPRING-2", "SPRING-1"]);
        (await Codes("?kind=free_delivery&status=expired")).ShouldBe(["WINTER"]);
        (await Codes("?status=scheduled")).ShouldBe(["SPRING-2"]);
        (await Codes("?status=inactive")).ShouldBe(["OFF"]);
        (await Codes("?status=active")).ShouldBe(["SPRING-1"]);
        var first = (await acme.Owner.Get("/business/coupons?limit=3").Returns(200)).Json;
        (await Codes($"?limit=3&cursor={first.Text("next_cursor")}")).ShouldBe(["SPRING-1"]);

        async Task<string?[]> Codes(string query) => [.. (await acme.Owner.Get($"/business/coupons{query}").Returns(200)).Data.Select(coupon => coupon.Text("code"))];
    }
}
