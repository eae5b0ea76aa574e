using Mainstreet.Domain.Catalog;
using static Mainstreet.Domain.Tests.Catalog.ProductSamples;

namespace Mainstreet.Domain.Tests.Catalog;

/// <summary>What things are called in other languages.</summary>
public sealed class Translating
{
    private static readonly Translation hebrew = new("he", "מנורה", "<p>אור</p>");

    private static Product Lamp => Created().Aggregate((Product?)null, Product.Evolve)!;

    private static Category Shelf => Category.Evolve(null, new CategoryCreated(Shirts, null, "Shirts", "shirts", 1, Monday));

    [Fact]
    public void A_language_has_one_translation_the_last_one()
    {
        var product = Translated(hebrew, new("ms", "Lampu"), hebrew with { Name = "נורה" });
        product.Translations.Select(translation => translation.Name).ShouldBe(["Lampu", "נורה"]);
        product.Translate(new("ms", "Lampu"), Monday).ShouldBeEmpty();
        Translated(hebrew).Translate(hebrew with { Name = "נורה" }, Monday).Length.ShouldBe(1);
        Translated(hebrew, hebrew with { Locale = "he-IL" }).Translations.Length.ShouldBe(2);
    }

    [Fact]
    public void What_is_not_there_is_not_removed()
    {
        var product = Translated(hebrew);
        product.RemoveTranslation("ms", Monday).ShouldBeEmpty();
        Product.Evolve(product, product.RemoveTranslation("he", Monday).Single()).Translations.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("hebrew!", "Lamp", "locale_invalid")]
    [InlineData("", "Lamp", "locale_invalid")]
    [InlineData("HE", "Lamp", "locale_invalid")]
    [InlineData("he", " ", "name_invalid")]
    public void It_is_in_a_language_and_has_a_name(string locale, string name, string code)
    {
        Should.Throw<DomainException>(() => Lamp.Translate(new(locale, name), Monday)).Error.Code.ShouldBe(code);
        Should.Throw<DomainException>(() => Shelf.Translate(locale, name, Monday)).Error.Code.ShouldBe(code);
    }

    [Fact]
    public void There_are_so_many()
    {
        var product = Translated([.. Enumerable.Range(0, Translation.Max).Select(i => new Translation($"a{(char)('a' + i)}", "Lamp"))]);
        Should.Throw<DomainException>(() => product.Translate(hebrew, Monday)).Error.Code.ShouldBe("too_many_translations");
        product.Translate(new("aa", "Another"), Monday).Length.ShouldBe(1);
        Should.Throw<DomainException>(() => Lamp.SetTranslations([hebrew, hebrew with { Name = "Nura" }], Monday)).Error.Code.ShouldBe("duplicate_translation");
    }

    [Fact]
    public void Nothing_is_done_to_what_is_archived() =>
        Should.Throw<DomainException>(() => (Lamp with { Status = ProductStatus.Archived }).Translate(hebrew, Monday)).Error.Code.ShouldBe("illegal_transition");

    [Fact]
    public void A_category_has_names()
    {
        var category = Category.Evolve(Shelf, Shelf.Translate("he", "מדף", Monday).Single());
        category.Translations.ShouldBe([new("he", "מדף")]);
        category.Translate("he", "מדף", Monday).ShouldBeEmpty();
        Category.Evolve(category, category.RemoveTranslation("he", Monday).Single()).Translations.ShouldBeEmpty();
    }

    private static Product Translated(params Translation[] translations) =>
        translations.Aggregate(Lamp, (product, translation) => Product.Evolve(product, product.Translate(translation, Monday).Single()));
}
