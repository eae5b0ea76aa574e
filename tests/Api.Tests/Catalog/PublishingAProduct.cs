using static Mainstreet.Api.Tests.Catalog.CatalogStarters;

namespace Mainstreet.Api.Tests.Catalog;

public sealed class PublishingAProduct(ApiFixture api)
{
    [Fact]
    public async Task Customers_see_it_from_its_publication_until_it_is_taken_back()
    {
        var acme = await api.NewBusiness();
        var (teapot, _) = (await acme.NewProduct(), await acme.NewProduct("Mug", publish: true));
        await acme.Owner.Post("/business/storefront/publish").Returns(204);
        (await Seen()).ShouldBe("draft, 404");
        await Step("publish", "published, 200");
        await Step("publish", "published, 200");
        await Step("unpublish", "unpublished, 404");
        await Step("unpublish", "unpublished, 404");
        await Step("publish", "published, 200");
        await acme.Owner.Delete(teapot.Path).Returns(204);
        await acme.Owner.Delete(teapot.Path).Returns(204);
        (await Seen()).ShouldBe("archived, 404");
        await Step("restore", "unpublished, 404");
        await Step("restore", "unpublished, 404");
        (await acme.Owner.Get($"/history/products/{teapot.Id}").Returns(200)).Data.Texts("type").ShouldBe(
            ["product.created", "product.published", "product.unpublished", "product.published", "product.archived", "product.restored"]);

        async Task Step(string step, string seen)
        {
            await acme.Owner.Post($"{teapot.Path}/{step}").Returns(204);
            (await Seen()).ShouldBe(seen);
        }

        async Task<string> Seen()
        {
            var read = (await acme.Read(teapot)).Text("status");
            var found = (await api.Guest.Get($"/storefronts/{acme.Subdomain}/products/teapot").Send()).Status;
            (await api.Guest.Get($"/storefronts/{acme.Subdomain}/products/{teapot.Id}").Send()).Status.ShouldBe(found);
            (await api.Guest.Get($"/storefronts/{acme.Subdomain}/products").Returns(200)).Data.Texts("slug").ShouldBe(found == 200 ? ["mug", "teapot"] : ["mug"]);
            return $"{read}, {found}";
        }
    }

    [Fact]
    public async Task A_step_that_is_not_possible_says_which_are()
    {
        var acme = await api.NewBusiness();
        var teapot = await acme.NewProduct();
        (await acme.Owner.Post($"{teapot.Path}/unpublish").Refused(409, "illegal_transition")).Json.Text("allowed_transitions").ShouldBe("""["publish","archive"]""");
        await acme.Owner.Delete(teapot.Variant).Returns(204);
        await acme.Owner.Post($"{teapot.Path}/publish").Refused(422, "product_without_variant");

        await acme.Owner.Delete(teapot.Path).Returns(204);
        ApiRequest[] steps =
        [
            acme.Owner.Post($"{teapot.Path}/publish"),
            acme.Owner.Post($"{teapot.Path}/unpublish"),
            acme.Owner.Patch(teapot.Path, new { name = "Pot" }),
            acme.Owner.Post($"{teapot.Path}/variants", new { price = Eur(500), name = "Large" }),
            acme.Owner.Post($"{teapot.Path}/images", new { url = "/a.svg" }),
        ];
        foreach (var step in steps)
        {
            (await step.Refused(409, "illegal_transition")).Json.Text("allowed_transitions").ShouldBe("""["restore"]""");
        }
    }

    [Fact]
    public async Task What_an_archived_product_was_called_is_free_for_others()
    {
        var acme = await api.NewBusiness();
        var old = await acme.NewProduct(sku: "T-1");
        await acme.Owner.Delete(old.Path).Returns(204);
        (await acme.Products()).ShouldBeEmpty();
        var other = await acme.NewProduct("Teapot", sku: "T-2");
        await acme.Owner.Post($"{old.Path}/restore").Refused(409, "handle_taken");
        await acme.Owner.Patch(other.Path, new { handle = "other" }).Returns(204);
        await acme.Owner.Patch(other.Variant, new { sku = "T-1" }).Returns(204);
        await acme.Owner.Post($"{old.Path}/restore").Refused(409, "sku_taken");
        await acme.Owner.Delete(other.Path).Returns(204);
        await acme.Owner.Post($"{old.Path}/restore").Returns(204);
        (await acme.Products()).Texts("handle").ShouldBe(["teapot"]);
        (await acme.Products("status=archived")).Texts("handle").ShouldBe(["other"]);
    }
}
