using Mainstreet.Domain.Catalog;
using static Mainstreet.Domain.Tests.Catalog.ProductSamples;

namespace Mainstreet.Domain.Tests.Catalog;

public class ChangingAProduct
{
    [Fact]
    public void Details_are_changed_as_a_whole() => When(p => p.ChangeDetails(Details("summer-shirt", "Summer shirt"), Monday))
        .Then(new ProductDetailsChanged(Shirt, Details("summer-shirt", "Summer shirt"), Monday))
        .Details.Name.ShouldBe("Summer shirt");

    [Fact]
    public void Equal_details_change_nothing() => When(p => p.ChangeDetails(Details(), Monday)).ThenNothing();

    [Fact]
    public void Invalid_details_are_rejected() => When(p => p.ChangeDetails(Details("No"), Monday)).ThenRejected("handle_invalid");

    [Fact]
    public void A_price_and_what_it_is_compared_with_change_together() => When(p => p.ChangePrice(Small, Eur(4500), Eur(4900), Monday))
        .Then(new ProductPriceChanged(Shirt, Small, Eur(4500), Eur(4900), Monday))
        .Find(Small)!.CompareAtPrice.ShouldBe(Eur(4900));

    [Fact]
    public void The_same_price_changes_nothing() => When(p => p.ChangePrice(Small, Eur(4900), null, Monday)).ThenNothing();

    [Fact]
    public void A_negative_or_foreign_price_is_rejected()
    {
        When(p => p.ChangePrice(Small, Eur(-1), null, Monday)).ThenRejected("price_invalid");
        When(p => p.ChangePrice(Small, new Money(1, "USD"), null, Monday)).ThenRejected("mixed_currencies");
        When(p => p.ChangePrice(new VariantId(Uuid.New()), Eur(1), null, Monday)).ThenRejected("not_found");
    }

    [Fact]
    public void A_cost_can_be_set_and_forgotten()
    {
        var costly = new ProductCostChanged(Shirt, Small, Eur(2000), Monday);
        When(p => p.ChangeCost(Small, Eur(2000), Monday)).Then(costly);
        When(p => p.ChangeCost(Small, null, Monday), [.. Created(), costly]).Then(new ProductCostChanged(Shirt, Small, null, Monday));
        When(p => p.ChangeCost(Small, null, Monday)).ThenNothing();
        When(p => p.ChangeCost(Small, Eur(-1), Monday)).ThenRejected("price_invalid");
    }

    [Fact]
    public void A_variant_can_be_changed_but_not_into_another()
    {
        var renamed = Sized(Small, "XS", 0).Details;
        When(p => p.ChangeVariant(Small, renamed, Monday)).Then(new ProductVariantChanged(Shirt, Small, renamed, Monday)).Find(Small)!.Details.Name.ShouldBe("XS");
        When(p => p.ChangeVariant(Small, Sized(Small, "S", 0, "LS-S").Details, Monday)).ThenNothing();
        When(p => p.ChangeVariant(Small, Sized(Small, "L", 0).Details, Monday)).ThenRejected("duplicate_variant");
    }

    [Fact]
    public void A_variant_can_be_added_once()
    {
        var medium = Sized(new VariantId(Uuid.Named("shirt", "medium")), "M", 5000);
        var added = new ProductVariantAdded(Shirt, medium, Monday);
        When(p => p.AddVariant(medium, Monday)).Then(added).Variants.Length.ShouldBe(3);
        When(p => p.AddVariant(medium, Monday), [.. Created(), added]).ThenNothing();
        When(p => p.AddVariant(Sized(Small, "M", 5000), Monday)).ThenRejected("duplicate_variant");
    }

    [Fact]
    public void A_variant_can_be_removed_unless_it_is_the_last_one_on_sale()
    {
        var removed = new ProductVariantRemoved(Shirt, Small, Monday);
        When(p => p.RemoveVariant(Small, Monday)).Then(removed).Find(Small).ShouldBeNull();
        When(p => p.RemoveVariant(Small, Monday), [.. Created(), removed]).ThenNothing();
        When(p => p.RemoveVariant(new(Guid.NewGuid()), Monday)).ThenRejected("not_found");
        When(p => p.RemoveVariant(Large, Monday), [.. Published(), removed]).ThenRejected("product_without_variant");
        When(p => p.RemoveVariant(Large, Monday), [.. Created(), removed]).Then(new ProductVariantRemoved(Shirt, Large, Monday));
    }

    [Fact]
    public void The_first_image_becomes_the_primary_one()
    {
        var front = new ProductImage(Front, "Front", 1);
        ProductEvent[] bare = Product.Create(Shirt, Draft() with { Images = [] }, Monday);
        When(p => p.AddImage(front, Monday), bare).Then(new ProductImageAdded(Shirt, front, Monday), new ProductPrimaryImageSet(Shirt, Front, Monday));

        var side = new ProductImage("/files/side.svg", null, 3);
        When(p => p.AddImage(side, Monday)).Then(new ProductImageAdded(Shirt, side, Monday)).PrimaryImage.ShouldBe(Front);
        When(p => p.AddImage(front, Monday)).ThenNothing();
        When(p => p.AddImage(front with { Position = 9 }, Monday)).ThenRejected("duplicate_image");
    }

    [Fact]
    public void There_is_always_exactly_one_primary_image()
    {
        When(p => p.SetPrimaryImage(Back, Monday)).Then(new ProductPrimaryImageSet(Shirt, Back, Monday)).PrimaryImage.ShouldBe(Back);
        When(p => p.SetPrimaryImage(Front, Monday)).ThenNothing();
        When(p => p.SetPrimaryImage("/files/none.svg", Monday)).ThenRejected("not_found");

        ProductEvent[] removed = [new ProductImageRemoved(Shirt, Front, Monday), new ProductPrimaryImageSet(Shirt, Back, Monday)];
        When(p => p.RemoveImage(Front, Monday)).Then(removed).PrimaryImage.ShouldBe(Back);
        When(p => p.RemoveImage(Front, Monday), [.. Created(), .. removed]).ThenNothing();
        When(p => p.RemoveImage(Back, Monday), [.. Created(), .. removed]).Then(new ProductImageRemoved(Shirt, Back, Monday)).PrimaryImage.ShouldBeNull();
    }

    [Fact]
    public void An_image_can_be_moved_and_described()
    {
        var moved = new ProductImage(Front, "From the front", 5);
        When(p => p.ChangeImage(moved, Monday)).Then(new ProductImageChanged(Shirt, moved, Monday)).Images.ShouldContain(moved);
        When(p => p.ChangeImage(new ProductImage(Front, "Front", 1), Monday)).ThenNothing();
        When(p => p.ChangeImage(moved with { Url = "/files/none.svg" }, Monday)).ThenRejected("not_found");
        When(p => p.ChangeImage(moved with { Position = -1 }, Monday)).ThenRejected("image_invalid");
    }

    [Fact]
    public void An_archived_product_only_can_be_restored()
    {
        Func<Product, ProductEvent[]>[] steps =
        [
            p => p.ChangeDetails(Details(), Monday),
            p => p.ChangePrice(Small, Eur(1), null, Monday),
            p => p.ChangeCost(Small, Eur(1), Monday),
            p => p.ChangeVariant(Small, Sized(Small, "S", 0).Details, Monday),
            p => p.AddVariant(Sized(Small, "S", 0), Monday),
            p => p.RemoveVariant(Small, Monday),
            p => p.AddImage(new ProductImage(Front, null, 1), Monday),
            p => p.ChangeImage(new ProductImage(Front, null, 1), Monday),
            p => p.RemoveImage(Front, Monday),
            p => p.SetPrimaryImage(Back, Monday),
            p => p.Publish(Monday),
            p => p.Unpublish(Monday),
        ];
        foreach (var step in steps)
            When(step, Archived()).ThenRejected("illegal_transition").Details!["allowed_transitions"].ShouldBe(new[] { "restore" });
    }

    private static Spec<Product, ProductEvent> When(Func<Product, ProductEvent[]> decide, ProductEvent[]? given = null) =>
        new Spec<Product, ProductEvent>().Given(given ?? Created()).When(decide);
}
