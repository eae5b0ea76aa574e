using Mainstreet.Domain.Catalog;
using static Mainstreet.Domain.Tests.Catalog.ProductSamples;

namespace Mainstreet.Domain.Tests.Catalog;

public class ImportingAProduct
{
    [Fact]
    public void The_same_again_changes_nothing()
    {
        Import(Draft(), Created()).ThenNothing();
        Import(Draft() with { Published = true }, Published()).ThenNothing();
    }

    [Fact]
    public void Only_differences_are_recorded()
    {
        var details = Sized(Small, "S", 0, "LS-S").Details;
        var medium = Sized(new VariantId(Uuid.Named("shirt", "medium")), "M", 5000);
        var side = new ProductImage("/files/side.svg", null, 3);
        var desired = new ProductDraft(
            Details(name: "Linen shirt, new cut"),
            [Sized(Small, "S", 4500, "LS-S") with { Details = details with { WeightGrams = 210 }, Cost = Eur(2000) }, medium],
            [new(Back, "From behind", 2), side],
            Published: true);

        var product = Import(desired, Created()).Then(
            new ProductDetailsChanged(Shirt, desired.Details, Monday),
            new ProductVariantChanged(Shirt, Small, details with { WeightGrams = 210 }, Monday),
            new ProductPriceChanged(Shirt, Small, Eur(4500), null, Monday),
            new ProductCostChanged(Shirt, Small, Eur(2000), Monday),
            new ProductVariantAdded(Shirt, medium, Monday),
            new ProductVariantRemoved(Shirt, Large, Monday),
            new ProductImageChanged(Shirt, desired.Images[0], Monday),
            new ProductImageAdded(Shirt, side, Monday),
            new ProductImageRemoved(Shirt, Front, Monday),
            new ProductPrimaryImageSet(Shirt, Back, Monday),
            new ProductPublished(Shirt, Monday));

        product.Import(desired, partial: false, Monday).ShouldBeEmpty();
    }

    [Fact]
    public void A_variant_made_by_hand_is_met_by_its_options_and_keeps_its_id()
    {
        var named = Sized(new VariantId(Uuid.Named("linen-shirt", "S")), "S", 4400, "LS-S");
        Import(Draft() with { Variants = [named, Draft().Variants[1]] }, Created()).Then(new ProductPriceChanged(Shirt, Small, Eur(4400), null, Monday));
    }

    [Fact]
    public void Two_variants_that_swap_their_options_keep_their_ids() =>
        Import(Draft() with { Variants = [Sized(Small, "L", 4900, "LS-S"), Sized(Large, "S", 5400, "LS-L")] }, Created()).Then(
            new ProductVariantChanged(Shirt, Small, Sized(Small, "L", 0, "LS-S").Details, Monday),
            new ProductVariantChanged(Shirt, Large, Sized(Large, "S", 0, "LS-L").Details, Monday));

    [Fact]
    public void A_variant_met_by_its_id_is_not_met_by_options_as_well()
    {
        var fresh = Sized(new VariantId(Uuid.Named("shirt", "fresh")), "S", 4900);
        Import(Draft() with { Variants = [fresh, Sized(Small, "XS", 4900, "LS-S"), Draft().Variants[1]] }, Created()).Then(
            new ProductVariantAdded(Shirt, fresh, Monday),
            new ProductVariantChanged(Shirt, Small, Sized(Small, "XS", 0, "LS-S").Details, Monday));
    }

    [Fact]
    public void What_files_lack_stays()
    {
        var shelf = new CategoryId(Uuid.Named("shirts"));
        ProductEvent[] given =
        [
            .. Created(),
            new ProductDetailsChanged(Shirt, Details() with { CategoryId = shelf, PreparationMinutes = 10 }, Monday),
            new ProductCostChanged(Shirt, Small, Eur(2000), Monday),
            new ProductPrimaryImageSet(Shirt, Back, Monday),
        ];
        Import(Draft(), given).ThenNothing();
    }

    [Fact]
    public void A_changed_currency_takes_old_costs_with_it()
    {
        Variant[] dollars = [.. Draft().Variants.Select(variant => variant with { Price = new Money(5000, "USD") })];
        var product = Import(Draft() with { Variants = dollars }, [.. Created(), new ProductCostChanged(Shirt, Small, Eur(2000), Monday)]).Then(
            new ProductPriceChanged(Shirt, Small, new Money(5000, "USD"), null, Monday),
            new ProductCostChanged(Shirt, Small, null, Monday),
            new ProductPriceChanged(Shirt, Large, new Money(5000, "USD"), null, Monday));
        product.Find(Small)!.Cost.ShouldBeNull();
    }

    [Fact]
    public void It_decides_visibility()
    {
        Import(Draft(), Published()).Then(new ProductUnpublished(Shirt, Monday));
        Import(Draft() with { Published = true }, Archived()).Then(new ProductRestored(Shirt, Monday), new ProductPublished(Shirt, Monday));
    }

    [Fact]
    public void It_archives_once()
    {
        Import(Draft() with { Archived = true }, Published()).Then(new ProductArchived(Shirt, Monday));
        Import(Draft() with { Archived = true }, Archived()).ThenNothing();
    }

    [Fact]
    public void What_could_not_be_read_stays()
    {
        var medium = Sized(new VariantId(Uuid.Named("shirt", "medium")), "M", 5000);
        var desired = Draft() with { Variants = [Draft().Variants[0], medium], Images = [] };
        Import(desired, Created(), partial: true).Then(new ProductVariantAdded(Shirt, medium, Monday));
        Import(desired with { Variants = [medium with { Price = new Money(1, "USD") }] }, Created(), partial: true).ThenRejected("mixed_currencies");
    }

    [Fact]
    public void An_invalid_state_is_rejected_as_a_whole()
    {
        Import(Draft() with { Variants = [Sized(Small, "S", -1)] }, Created()).ThenRejected("price_invalid");
        Import(Draft() with { Variants = [], Published = true }, Created()).ThenRejected("product_without_variant");
    }

    private static Spec<Product, ProductEvent> Import(ProductDraft desired, ProductEvent[] given, bool partial = false) =>
        new Spec<Product, ProductEvent>().Given(given).When(p => p.Import(desired, partial, Monday));
}
