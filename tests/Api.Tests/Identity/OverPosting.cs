using System.Text.Json;
using System.Text.Json.Nodes;
using Mainstreet.Api.Tests.Orders;

namespace Mainstreet.Api.Tests.Identity;

/// <summary>Fields that belong to the product: sent along by a caller they are refused by name, and nothing comes of them.</summary>
public sealed class OverPosting(ApiFixture api)
{
    private static readonly JsonSerializerOptions json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    [Fact]
    public async Task What_a_caller_may_not_say_is_refused_and_what_they_may_is_all_that_is_kept()
    {
        var acme = await api.NewBusiness();
        var other = await api.NewBusiness();
        var lamp = await acme.Sell("Lamp", 4900, stock: 100);
        var path = $"/storefronts/{acme.Subdomain}/orders";
        (string Path, Session Caller, Func<object> Body, string[] Fields)[] cases =
        [
            ("/auth/register", api.Guest, () => new { email = Starters.NewEmail(), password = Starters.Password, full_name = "Eve" },
                ["role", "tenant_id", "active", "email_verified", "password_hash"]),
            ("/auth/switch-business", acme.Owner, () => new { business_id = acme.Id }, ["role", "user_id"]),
            ("/businesses", acme.Owner, () => new { name = "Eve's", subdomain = Starters.NewSubdomain("eve"), currency = "EUR", timezone = "UTC" },
                ["status", "owner_id", "version", "plan"]),
            ("/business/products", acme.Owner, () => new { name = "Vase", variants = new[] { new { price = new { amount = 100, currency = "EUR" } } } },
                ["tenant_id", "version", "created_at", "price"]),
            (path, api.Guest, () => new Basket(new BasketLine(lamp)), ["status", "totals", "number", "tenant_id", "payment_status", "customer_id"]),
        ];
        cases.Sum(entry => entry.Fields.Length).ShouldBeGreaterThanOrEqualTo(19);
        foreach (var (route, caller, body, fields) in cases)
        {
            foreach (var field in fields)
            {
                var over = Node(body());
                over[field] = field.EndsWith("_id", StringComparison.Ordinal) ? other.Id.ToString() : "owner";
                (await caller.Post(route, over.ToJsonString()).Key(Guid.NewGuid().ToString()).Refused(400, "unknown_field")).Faults.ShouldBe([$"/{field} unknown_field"]);
            }

            (await caller.Post(route, Node(body()).ToJsonString()).Key(Guid.NewGuid().ToString()).Send()).Status.ShouldBeInRange(200, 201, route);
        }

        (await acme.Owner.Get("/business/products").Returns(200)).Data.Length.ShouldBe(2);
        (await acme.Owner.Get("/business/orders").Returns(200)).Data.ShouldHaveSingleItem();
        (await other.Owner.Get("/business/orders").Returns(200)).Data.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_price_in_a_basket_is_no_price()
    {
        var acme = await api.NewBusiness();
        var lamp = await acme.Sell("Lamp", 4900, stock: 100);
        foreach (var field in new[] { "price", "unit_price", "total", "discount" })
        {
            var over = Node(new Basket(new BasketLine(lamp)));
            over["lines"]![0]![field] = 1;
            await api.Guest.Post($"/storefronts/{acme.Subdomain}/orders", over.ToJsonString()).Key(Guid.NewGuid().ToString()).Refused(400, "unknown_field");
        }

        (await acme.Owner.Get("/business/orders").Returns(200)).Data.ShouldBeEmpty();
    }

    private static JsonObject Node(object body) => JsonSerializer.SerializeToNode(body, body.GetType(), json)!.AsObject();
}
