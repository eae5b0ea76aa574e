using System.Globalization;
using System.Text;

namespace Mainstreet.Application;

/// <summary>Texts as they are searched and sorted: without regard to case and accents. "Crème Brûlée" reads as "creme brulee".</summary>
public static class SearchText
{
    private const int MaxWords = 10;

    /// <summary>Lower case, without accents and other marks, in Unicode's simplest form.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark)
            {
                folded.Append(Plain(char.ToLowerInvariant(c)));
            }
        }

        return folded.ToString();
    }

    /// <summary>The texts that there are, folded, as one.</summary>
    public static string Of(params IEnumerable<string?> texts) => string.Join(' ', texts.Where(text => !string.IsNullOrEmpty(text)).Select(text => Fold(text!)));

    /// <summary>The different words of what somebody searches for, folded; all of them must be found.</summary>
    public static string[] Words(string? query) =>
        [.. Fold(query ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).Take(MaxWords)];

    /// <summary>Letters that are not a base letter with a mark.</summary>
    private static string Plain(char c) => c switch
    {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' => "d",
        'ł' => "l",
        'ı' => "i",
        'þ' => "th",
        _ => c.ToString(),
    };
}
