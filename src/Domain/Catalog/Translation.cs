using Mainstreet.Domain.Businesses;

namespace Mainstreet.Domain.Catalog;

/// <summary>What something is called in a language in which customers read, besides the business's own.</summary>
/// <param name="Locale">Such as he, or pt-BR.</param>
/// <param name="Description">HTML that was sanitised where it came in; null: customers read the business's own.</param>
public sealed record Translation(string Locale, string Name, string? Description = null)
{
    /// <summary>Of one thing.</summary>
    public const int Max = 20;

    /// <summary>The translations with this one, in place of a former one of its locale; null where nothing would change.</summary>
    internal static Translation[]? With(Translation[] present, Translation wanted)
    {
        Check.That(BusinessSettings.IsLocale(wanted.Locale), CatalogErrors.LocaleInvalid);
        Check.That(Check.IsText(wanted.Name, 200), CatalogErrors.NameInvalid);
        Check.That(wanted.Description is null or { Length: <= ProductRules.MaxDescription }, CatalogErrors.DescriptionTooLong);
        Translation[] all = [.. Without(present, wanted.Locale), wanted];
        Check.That(all.Length <= Max, CatalogErrors.TooManyTranslations);
        return present.Contains(wanted) ? null : all;
    }

    internal static Translation[] Without(Translation[] present, string locale) => [.. present.Where(translation => !IsOf(translation, locale))];

    internal static bool IsOf(Translation translation, string locale) => translation.Locale.Equals(locale, StringComparison.OrdinalIgnoreCase);
}
