using Mainstreet.Domain.Catalog;
using static Mainstreet.Domain.Tests.Catalog.ProductSamples;

namespace Mainstreet.Domain.Tests.Catalog;

public class CreatingAProduct
{
    [Fact]
    public void Starts_as_a_draft_whose_first_image_is_the_primary_one()
    {
        var product = New(Draft()).Then(new ProductCreated(Shirt, Draft().Details, Draft().Variants, Draft().Images, Front, Monday));

        product.Status.ShouldBe(ProductStatus.Draft);
    }

    [Fact]
    public void May_be_published_at_once() =>
        New(Draft() with { Published = true, PrimaryImage = Back }).Then(
            new ProductCreated(Shirt, Draft().Details, Draft().Variants, Draft().Images, Back, Monday),
            new ProductPublished(Shirt, Monday)).Status.ShouldBe(ProductStatus.Published);

    [Fact]
    public void Without_variants_is_a_draft_only()
    {
        New(Draft() with { Variants = [] }).Then(new ProductCreated(Shirt, Draft().Details, [], Draft().Images, Front, Monday));
        New(Draft() with { Variants = [], Published = true }).ThenRejected("product_without_variant");
    }

    [Theory]
    [InlineData("")]
    [InlineData("Linen")]
    [InlineData("linen--shirt")]
    [InlineData("-linen")]
    [InlineData("linen-")]
    [InlineData("linen shirt")]
    [InlineData("linen\n")]
    [InlineData("hemdgröße")]
    public void Handle_is_a_slug(string handle) => Rejected(Details(handle), "handle_invalid");

    [Fact]
    public void Lengths_are_limited()
    {
        New(Draft() with { Details = Details(new string('a', 200), new string('n', 200)) })
            .Then(new ProductCreated(Shirt, Details(new string('a', 200), new string('n', 200)), Draft().Variants, Draft().Images, Front, Monday));
        Rejected(Details(new string('a', 201)), "handle_invalid");
        Rejected(Details(name: new string('n', 201)), "name_invalid");
        Rejected(Details(name: " "), "name_invalid");
        Rejected(Details() with { Description = new string('d', 100_001) }, "description_too_long");
        Rejected(Details() with { Vendor = new string('v', 201) }, "vendor_invalid");
        Rejected(Details() with { Tags = ["linen", "linen"] }, "tags_invalid");
        Rejected(Details() with { Tags = [" "] }, "tags_invalid");
        Rejected(Details() with { PreparationMinutes = -1 }, "preparation_minutes_invalid");
    }

    [Fact]
    public void Prices_are_not_negative_nor_absurd_and_of_one_real_currency()
    {
        Rejected([Sized(Small, "S", -1)], "price_invalid");
        Rejected([Sized(Small, "S", Product.MaxPrice + 1)], "price_invalid");
        Rejected([Sized(Small, "S", 1) with { CompareAtPrice = Eur(-1) }], "price_invalid");
        Rejected([Sized(Small, "S", 1) with { Price = new Money(1, "EURO") }], "currency_unknown");
        Rejected([Sized(Small, "S", 1), Sized(Large, "L", 1) with { Price = new Money(1, "USD") }], "mixed_currencies");
        Rejected([Sized(Small, "S", 1) with { Cost = new Money(1, "USD") }], "mixed_currencies");
    }

    [Fact]
    public void Variants_are_told_apart()
    {
        Rejected([Sized(Small, "S", 1), Sized(Small, "L", 1)], "duplicate_variant");
        Rejected([Sized(Small, "S", 1), Sized(Large, "S", 1)], "duplicate_variant");
        Rejected([Sized(Small, "S", 1, "LS"), Sized(Large, "L", 1, "LS")], "duplicate_variant");
        Rejected([Changed(details => details with { Options = [new("Size", "S"), new("Size", "L")] })], "options_invalid");
        Rejected([Changed(details => details with { Sku = "" })], "variant_code_invalid");
        Rejected([Changed(details => details with { Barcode = new string('1', 101) })], "variant_code_invalid");
        Rejected([Changed(details => details with { WeightGrams = -1 })], "weight_invalid");
        Rejected([Changed(details => details with { Name = "" })], "name_invalid");
        Rejected([.. Enumerable.Range(0, 251).Select(n => Sized(new VariantId(Uuid.Named($"{n}")), $"{n}", 1))], "too_many_variants");
    }

    [Fact]
    public void Images_are_told_apart_and_reachable()
    {
        Rejected([new ProductImage(Front, null, 1), new ProductImage(Front, null, 2)], "duplicate_image");
        Rejected([new ProductImage("javascript:alert(1)", null, 1)], "image_invalid");
        Rejected([new ProductImage("//evil.example/a.png", null, 1)], "image_invalid");
        Rejected([new ProductImage(Front, null, -1)], "image_invalid");
        Rejected([.. Enumerable.Range(0, 101).Select(n => new ProductImage($"/files/{n}.svg", null, n))], "too_many_images");
        New(Draft() with { PrimaryImage = "/files/none.svg" }).ThenRejected("primary_image_unknown");
    }

    private static Variant Changed(Func<VariantDetails, VariantDetails> change) => Sized(Small, "S", 1) with { Details = change(Sized(Small, "S", 1).Details) };

    private static Spec<Product, ProductEvent> New(ProductDraft draft) => new Spec<Product, ProductEvent>().WhenNew(() => Product.Create(Shirt, draft, Monday));

    private static void Rejected(ProductDetails details, string code) => New(Draft() with { Details = details }).ThenRejected(code);

    private static void Rejected(Variant[] variants, string code) => New(Draft() with { Variants = variants }).ThenRejected(code);

    private static void Rejected(ProductImage[] images, string code) => New(Draft() with { Images = images }).ThenRejected(code);
}
