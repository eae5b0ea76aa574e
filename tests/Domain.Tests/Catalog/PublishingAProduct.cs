using Mainstreet.Domain.Catalog;
using static Mainstreet.Domain.Tests.Catalog.ProductSamples;

namespace Mainstreet.Domain.Tests.Catalog;

public class PublishingAProduct
{
    [Fact]
    public void Needs_a_variant() => When(p => p.Publish(Monday), Product.Create(Shirt, Draft() with { Variants = [] }, Monday)).ThenRejected("product_without_variant");

    [Fact]
    public void Happens_once()
    {
        When(p => p.Publish(Monday), Created()).Then(new ProductPublished(Shirt, Monday)).Status.ShouldBe(ProductStatus.Published);
        When(p => p.Publish(Monday), Published()).ThenNothing();
    }

    [Fact]
    public void Can_be_taken_back_and_repeated()
    {
        var unpublished = new ProductUnpublished(Shirt, Monday);
        When(p => p.Unpublish(Monday), Published()).Then(unpublished).Status.ShouldBe(ProductStatus.Unpublished);
        When(p => p.Unpublish(Monday), [.. Published(), unpublished]).ThenNothing();
        When(p => p.Publish(Monday), [.. Published(), unpublished]).Then(new ProductPublished(Shirt, Monday));
    }

    [Fact]
    public void A_draft_cannot_be_unpublished() =>
        When(p => p.Unpublish(Monday), Created()).ThenRejected("illegal_transition").Details!["allowed_transitions"].ShouldBe(new[] { "publish", "archive" });

    [Fact]
    public void Archiving_takes_it_off_sale_and_restoring_does_not_put_it_back()
    {
        When(p => p.Archive(Monday), Published()).Then(new ProductArchived(Shirt, Monday)).Status.ShouldBe(ProductStatus.Archived);
        When(p => p.Archive(Monday), Archived()).ThenNothing();
        When(p => p.Restore(Monday), Archived()).Then(new ProductRestored(Shirt, Monday)).Status.ShouldBe(ProductStatus.Unpublished);
        When(p => p.Restore(Monday), Published()).ThenNothing();
    }

    private static Spec<Product, ProductEvent> When(Func<Product, ProductEvent[]> decide, ProductEvent[] given) =>
        new Spec<Product, ProductEvent>().Given(given).When(decide);
}
