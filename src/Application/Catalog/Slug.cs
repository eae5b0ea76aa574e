using System.Text.RegularExpressions;
using Mainstreet.Domain;

namespace Mainstreet.Application.Catalog;

/// <summary>Names as they stand in addresses.</summary>
public static partial class Slug
{
    private const int MaxLength = 200;

    /// <summary>
    /// "Pots &amp; Pans" becomes pots-pans. A name without any Latin letter or digit becomes a short hash, so that it still has an
    /// address, and always the same one.
    /// </summary>
    public static string From(string name)
    {
        var slug = NotInSlugs().Replace(SearchText.Fold(name), "-").Trim('-');
        return slug.Length == 0 ? Uuid.Named("slug", name).ToString("N")[..12] : slug.Length > MaxLength ? slug[..MaxLength].TrimEnd('-') : slug;
    }

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NotInSlugs();
}
