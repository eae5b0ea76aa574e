using Mainstreet.Api.Tests.Customers;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Privacy;
using static Mainstreet.Api.Tests.Reviews.ReviewStarters;

namespace Mainstreet.Api.Tests.Reviews;

/// <summary>What somebody said is theirs (SEC-04): they are given it, and it goes with them.</summary>
public sealed class ForgettingWhoReviewed(ApiFixture api)
{
    private static readonly string[] Traces = ["Lieblingslampe", "Wilhelmina", "neighbour"];

    [Fact]
    public async Task Words_and_names_go_with_the_customer_and_ratings_stay()
    {
        var shop = await api.NewBusiness(mode: "test");
        var (lamp, variant) = await shop.SellProduct();
        await shop.ApproveReviewsAtOnce();
        var carla = await api.NewCustomer(shop);
        var order = await carla.BuysAndGets(variant);
        var ofLamp = (await carla.Says(lamp, 5, "Meine Lieblingslampe.", "Wilhelmina").Returns(201)).Id;
        var ofOrder = (await carla.Session.Post($"/customers/me/orders/{order.Id}/review", new { overall = 3, text = "Lieblingslampe kam spät.", author = "Wilhelmina" }).Returns(201)).Id;
        await shop.Owner.Put($"{All}/{ofLamp}/reply", new { text = "Thank you, Wilhelmina!" }).Returns(204);
        await shop.Owner.Post($"{All}/{ofOrder}/reject", new { reason = "Names a neighbour." }).Returns(204);

        var export = (await carla.Session.Get("/customers/me/export").Returns(200)).Json.GetProperty("reviews");
        export.EnumerateArray().Select(review => review.Text("text")).ShouldBe(["Meine Lieblingslampe.", "Lieblingslampe kam spät."], ignoreOrder: true);
        (await (await api.NewCustomer(shop)).Session.Get("/customers/me/export").Returns(200)).Json.GetProperty("reviews").GetArrayLength().ShouldBe(0);

        var customer = await shop.CustomerOf(order);
        await shop.Owner.SteppedUp();
        await shop.Erase(customer).Returns(201);
        (await shop.Certificate(customer)).Json.List("read_models").Select(view => view.Text("projection")).ShouldContain("reviews");
        foreach (var path in new[] { All, $"{All}/{ofLamp}", $"{All}/{ofOrder}", $"/storefronts/{shop.Subdomain}/products/{lamp}/reviews", "/events?limit=100", order.GuestPath() })
        {
            var shown = (await shop.Owner.Get(path).Returns(200)).Text;
            Traces.Where(trace => shown.Contains(trace, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty(path);
        }

        var left = (await shop.ReviewsOf(lamp)).Data.ShouldHaveSingleItem();
        (left.Text("rating"), left.Text("text"), left.Text("author"), left.Text("reply"), left.GetProperty("verified_purchase").GetBoolean()).ShouldBe(("5", null, null, null, true));
        (await shop.RatingOf(lamp)).ShouldBe("5 of 1");
    }

    [Fact]
    public async Task Who_comes_back_writes_anew()
    {
        var shop = await api.NewBusiness(mode: "test");
        var (lamp, variant) = await shop.SellProduct();
        var carla = await api.NewCustomer(shop);
        var order = await carla.BuysAndGets(variant);
        (await carla.Says(lamp, 5, "Meine Lieblingslampe.").Returns(201)).Json.GetProperty("verified_purchase").GetBoolean().ShouldBeTrue();
        var customer = await shop.CustomerOf(order);
        await shop.Owner.SteppedUp();
        await shop.Erase(customer).Returns(201);
        await shop.Certificate(customer);

        var again = await api.NewCustomer(shop, carla.Email);
        await again.Verify();
        (await again.Session.Get(Mine).Returns(200)).Data.ShouldBeEmpty();
        (await again.Says(lamp, 1, "Flackert.").Returns(201)).Json.GetProperty("verified_purchase").GetBoolean().ShouldBeFalse(); // what was bought before is nobody's any more
        (await shop.Owner.Get(All).Until(answer => answer.Data.Length == 2)).Data.Select(review => review.Text("text")).ShouldBe(["Flackert.", "[erased]"], ignoreOrder: true);
    }
}
