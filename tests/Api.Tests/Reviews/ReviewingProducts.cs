using Mainstreet.Api.Tests.Customers;
using Mainstreet.Api.Tests.Loyalty;
using Mainstreet.Domain.Identity;
using static Mainstreet.Api.Tests.Reviews.ReviewStarters;

namespace Mainstreet.Api.Tests.Reviews;

/// <summary>Customers say what they think of a product (CAT-05), and everybody reads what the business lets through (CAT-06).</summary>
public sealed class ReviewingProducts(ApiFixture api)
{
    [Fact]
    public async Task What_a_customer_says_is_public_while_the_business_approves_it()
    {
        var shop = await api.NewBusiness(mode: "test");
        var (lamp, _) = await shop.SellProduct();
        var carla = await api.NewCustomer(shop);
        (await shop.Owner.Get("/business/review-settings").Returns(200)).Json.Text("moderation").ShouldBe("manual");

        var said = await carla.Says(lamp, 4, "Bright.", "Carla B.").Returns(201);
        (said.Json.Text("status"), said.Json.GetProperty("verified_purchase").GetBoolean()).ShouldBe(("submitted", false));
        var review = $"{All}/{said.Id}";
        (await shop.Owner.Get(review).Returns(200)).Json.Text("text").ShouldBe("Bright.");
        (await shop.ReviewsOf(lamp)).Data.ShouldBeEmpty();
        (await shop.RatingOf(lamp)).ShouldBeNull();

        await shop.Owner.Post($"{review}/approve").IfMatch("\"v1\"").Returns(204);
        await shop.Owner.Put($"{review}/reply", new { text = "It is!" }).IfMatch("\"v1\"").Refused(412, "stale_version");
        await shop.Owner.Put($"{review}/reply", new { text = "It is!" }).Returns(204);
        await shop.Owner.Put($"{review}/reply", new { text = "It is, isn't it?" }).Returns(204);
        var shown = (await shop.ReviewsOf(lamp)).Data.ShouldHaveSingleItem();
        (shown.Text("rating"), shown.Text("text"), shown.Text("author"), shown.GetProperty("reply").Text("text")).ShouldBe(("4", "Bright.", "Carla B.", "It is, isn't it?"));
        shown.TryGetProperty("customer_id", out _).ShouldBeFalse();
        (await shop.RatingOf(lamp)).ShouldBe("4 of 1");
        (await shop.Owner.Get($"/storefronts/{shop.Subdomain}/products").Returns(200)).Data[0].GetProperty("rating").Text("count").ShouldBe("1");

        await shop.Owner.Post($"{review}/reject", new { reason = "Names a neighbour." }).Returns(204);
        (await shop.ReviewsOf(lamp)).Data.ShouldBeEmpty();
        (await shop.RatingOf(lamp)).ShouldBeNull();
        var mine = (await carla.Session.Get(Mine).Returns(200)).Data.ShouldHaveSingleItem();
        (mine.Text("status"), mine.Text("reason"), mine.Text("text")).ShouldBe(("rejected", "Names a neighbour.", "Bright."));
        (await shop.Owner.Get("/events?types=review.*").Returns(200)).Data.Select(e => e.Text("type"))
            .ShouldBe(["review.submitted", "review.approved", "review.replied", "review.replied", "review.rejected"]);
    }

    [Fact]
    public async Task A_purchase_is_verified_by_the_orders_of_the_customer_and_by_nobodys_claim()
    {
        var shop = await api.NewBusiness(mode: "test");
        var (lamp, variant) = await shop.SellProduct();
        var (vase, other) = await shop.SellProduct("Vase");
        var (got, waits, bought, stranger) = (await api.NewCustomer(shop), await api.NewCustomer(shop), await api.NewCustomer(shop), await api.NewCustomer(shop));
        await got.BuysAndGets(variant);
        await waits.Buys(variant);
        await bought.BuysAndGets(other);
        var guest = await api.BuyAs(shop, variant, stranger.Email); // anybody can register with another one's address
        await shop.Complete(guest);

        (await Verified(got, lamp)).ShouldBeTrue();
        (await Verified(waits, lamp)).ShouldBeFalse();
        (await Verified(bought, lamp)).ShouldBeFalse();
        (await Verified(bought, vase)).ShouldBeTrue();
        (await Verified(stranger, lamp)).ShouldBeFalse();
        await stranger.Verify();
        var before = (await stranger.Session.Get(Mine).Returns(200)).Data.ShouldHaveSingleItem();
        await stranger.Session.Post($"{Mine}/{before.Text("id")}/withdraw").Returns(204);
        (await Verified(stranger, lamp)).ShouldBeTrue();
        await got.Session.Post(Mine, new { product_id = vase, rating = 5, verified_purchase = true }).Returns(400);

        static async Task<bool> Verified(TestCustomer customer, Guid product) =>
            (await customer.Says(product, 5).Returns(201)).Json.GetProperty("verified_purchase").GetBoolean();
    }

    [Fact]
    public async Task There_is_one_review_of_a_product_by_a_customer_who_may_withdraw_it_for_another()
    {
        var shop = await api.NewBusiness(mode: "test");
        var (lamp, variant) = await shop.SellProduct();
        await shop.ApproveReviewsAtOnce();
        var (carla, otto) = (await api.NewCustomer(shop), await api.NewCustomer(shop));
        var unproven = await carla.Says(lamp, 2).Returns(201);
        unproven.Json.Text("status").ShouldBe("submitted"); // anybody may say anything of what they have not got
        await carla.Session.Post($"{Mine}/{unproven.Id}/withdraw").Returns(204);
        await carla.BuysAndGets(variant);
        await otto.BuysAndGets(variant);
        var first = await carla.Says(lamp, 5, "Bright.").Returns(201);
        first.Json.Text("status").ShouldBe("approved");
        var again = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => otto.Says(lamp, 1).Send()));
        again.Count(answer => answer.Status == 201).ShouldBe(1);
        again.Where(answer => answer.Status != 201).ShouldAllBe(answer => answer.Json.Text("code") == "already_reviewed");
        (await Rating(otto)).ShouldBe("3 of 2");

        var mine = $"{Mine}/{first.Id}";
        await otto.Session.Get(mine).Refused(404, "not_found");
        await otto.Session.Post($"{mine}/withdraw").Refused(404, "not_found");
        await carla.Session.Post($"{mine}/withdraw").Returns(204);
        await carla.Session.Post($"{mine}/withdraw").Returns(204);
        (await carla.Session.Get(mine).Returns(200)).Json.Text("status").ShouldBe("withdrawn");
        (await Rating(carla)).ShouldBe("1 of 1");
        (await carla.Says(lamp, 4, "Bright enough.").Returns(201)).Json.Text("status").ShouldBe("approved");
        (await Rating(carla)).ShouldBe("2.5 of 2");

        await shop.Owner.Post($"{All}/{first.Id}/reject").Returns(204);
        await carla.Session.Post($"{mine}/withdraw").Returns(204);
        (await carla.Says(lamp, 5, "Bright.").Returns(201)).Json.Text("status").ShouldBe("submitted"); // the business said no to the one before

        async Task<string> Rating(TestCustomer customer)
        {
            var rating = (await customer.Session.Get($"/storefronts/{shop.Subdomain}/products/{lamp}").Returns(200)).Json.GetProperty("rating");
            return $"{rating.Text("average")} of {rating.Text("count")}";
        }
    }

    [Fact]
    public async Task Everybody_pages_through_them_beside_their_average()
    {
        var shop = await api.NewBusiness(mode: "test");
        var (lamp, variant) = await shop.SellProduct();
        await shop.ApproveReviewsAtOnce();
        foreach (var rating in new[] { 5, 4, 4 })
        {
            var customer = await api.NewCustomer(shop);
            await customer.BuysAndGets(variant);
            var answer = await customer.Says(lamp, rating).Returns(201);
            await shop.Owner.Get($"{All}/{answer.Id}").Until(found => found.Status == 200);
            await shop.Advance("PT1M"); // so that the newest is one
        }

        var first = await shop.ReviewsOf(lamp, "?limit=2");
        (first.Json.GetProperty("rating").Text("average"), first.Json.GetProperty("rating").Text("count"), first.Json.GetProperty("has_more").GetBoolean()).ShouldBe(("4.3", "3", true));
        var second = await shop.ReviewsOf(lamp, $"?limit=2&cursor={first.Json.Text("next_cursor")}");
        first.Data.Concat(second.Data).Select(review => review.Text("rating")).ShouldBe(["4", "4", "5"]);
        second.Json.GetProperty("has_more").GetBoolean().ShouldBeFalse();
        first.Header("Link").ShouldNotBeNull();
        await shop.Owner.Get($"/storefronts/{shop.Subdomain}/products/{lamp}/reviews").With("If-None-Match", (await shop.ReviewsOf(lamp)).ETag!).Returns(304);

        await shop.Owner.Post($"/business/products/{lamp}/unpublish").Returns(204);
        await shop.Owner.Get($"/storefronts/{shop.Subdomain}/products/{lamp}/reviews").Refused(404, "not_found");
        await (await api.NewCustomer(shop)).Says(lamp, 5).Refused(404, "not_found");
    }

    [Fact]
    public async Task A_business_finds_its_reviews_and_only_who_may_decides()
    {
        var shop = await api.NewBusiness(mode: "test");
        var (lamp, variant) = await shop.SellProduct();
        var (vase, _) = await shop.SellProduct("Vase");
        var carla = await api.NewCustomer(shop);
        var order = await carla.BuysAndGets(variant);
        var ofLamp = (await carla.Says(lamp, 5).Returns(201)).Id;
        var ofVase = (await carla.Says(vase, 2).Returns(201)).Id;
        var ofOrder = (await carla.Session.Post($"/customers/me/orders/{order.Id}/review", new { overall = 3 }).Returns(201)).Id;
        await shop.Owner.Post($"{All}/{ofVase}/approve").Returns(204);

        (await Found("")).ShouldBe([ofLamp, ofVase, ofOrder], ignoreOrder: true);
        (await Found("?status=submitted")).ShouldBe([ofLamp, ofOrder], ignoreOrder: true);
        (await Found("?kind=order")).ShouldBe([ofOrder]);
        (await Found($"?order_id={order.Id}")).ShouldBe([ofOrder]);
        (await Found($"?product_id={vase}")).ShouldBe([ofVase]);
        (await Found("?rating=5")).ShouldBe([ofLamp]);
        await shop.Owner.Get($"{All}?rating=6").Refused(400, "validation_failed");
        var page = (await shop.Owner.Get($"{All}?limit=2").Returns(200)).Json;
        (await Found($"?limit=2&cursor={page.Text("next_cursor")}")).Length.ShouldBe(1);

        var staff = await api.NewMember(shop, Role.Staff);
        await staff.Get($"{All}/{ofLamp}").Returns(200);
        await staff.Post($"{All}/{ofLamp}/approve").Refused(403, "missing_permission");
        await staff.Put($"{All}/{ofLamp}/reply", new { text = "Hm." }).Refused(403, "missing_permission");
        await (await api.NewMember(shop, Role.Marketer)).Post($"{All}/{ofLamp}/approve").Returns(204);

        async Task<Guid[]> Found(string query) => [.. (await shop.Owner.Get($"{All}{query}").Returns(200)).Data.Select(review => review.GetProperty("id").GetGuid())];
    }
}
