namespace Mainstreet.Domain;

/// <summary>Locales such as en or he-IL, and the languages in which the product has words of its own.</summary>
public static class Languages
{
    public const string English = "en";

    public static IReadOnlyList<string> Known { get; } = [English, "he", "ms"];

    private static readonly string[] fromTheRight = ["ar", "dv", "fa", "he", "iw", "ps", "sd", "ug", "ur", "yi"];

    public static bool IsKnown(string language) => Known.Contains(language, StringComparer.Ordinal);

    /// <summary>he of he-IL.</summary>
    public static string Of(string locale) => (locale.IndexOf('-', StringComparison.Ordinal) is > 0 and var at ? locale[..at] : locale).ToLowerInvariant();

    public static bool IsRightToLeft(string locale) => fromTheRight.Contains(Of(locale), StringComparer.Ordinal);

    /// <summary>The language of the first of these locales in which there are words, else English.</summary>
    public static string Spoken(params ReadOnlySpan<string?> locales)
    {
        foreach (var locale in locales)
        {
            if (locale is not null && IsKnown(Of(locale)))
            {
                return Of(locale);
            }
        }

        return English;
    }
}
