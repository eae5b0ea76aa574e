using Mainstreet.Domain.Businesses;

namespace Mainstreet.Domain.Catalog;

/// <summary>What something is called in a language in which customers read, besides the business's own.</summary>
/// <param name="Locale">Such as he, or pt-BR.</param>
/// <param name="Description">HTML that was sanitised where it came in; null: customers read the business's own.</param>
public sealed record Translation(string Locale, string Name, string? Description = null)
{
    /// <summary>Of one thing.</summary>
    public const int Max = 20;

    /// <summary>Characters of HTML: whoever reads the product reads all of its translations.</summary>
    public const int MaxDescription = 20_000;

    internal bool IsOf(string locale) => Locale == locale;

    /// <summary>What brings the present translations to the wanted ones: which go, and which are said anew.</summary>
    internal static (Translation[] Gone, Translation[] Said) Changes(Translation[] present, Translation[] wanted)
    {
        foreach (var translation in wanted)
        {
            Check.That(BusinessSettings.IsLocale(translation.Locale), CatalogErrors.LocaleInvalid);
            Check.That(Check.IsText(translation.Name, 200), CatalogErrors.NameInvalid);
            Check.That(Check.IsOptionalText(translation.Description, MaxDescription), CatalogErrors.TranslationTooLong);
        }

        Check.That(wanted.Length <= Max, CatalogErrors.TooManyTranslations);
        Check.That(wanted.DistinctBy(translation => translation.Locale, StringComparer.Ordinal).Count() == wanted.Length, CatalogErrors.DuplicateTranslation);
        return ([.. present.Where(translation => !wanted.Any(other => other.IsOf(translation.Locale)))], [.. wanted.Where(translation => !present.Contains(translation))]);
    }

    /// <summary>With this one, in place of a former one of its locale.</summary>
    internal static Translation[] With(Translation[] present, Translation wanted) => [.. Without(present, wanted.Locale), wanted];

    /// <summary>Rejects <c>locale_invalid</c>.</summary>
    internal static Translation[] Removed(Translation[] present, string locale)
    {
        Check.That(BusinessSettings.IsLocale(locale), CatalogErrors.LocaleInvalid);
        return Without(present, locale);
    }

    internal static Translation[] Without(Translation[] present, string locale) => [.. present.Where(translation => !translation.IsOf(locale))];
}
