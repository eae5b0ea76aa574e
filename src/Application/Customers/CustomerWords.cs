namespace Mainstreet.Application.Customers;

/// <summary>Customers are searched by words as everything is, and by telephone numbers however they are written: +49 30 123, 0049-30-123, 030/123.</summary>
internal static class CustomerWords
{
    public const int MaxSearchLength = 200;

    /// <summary>What somebody searches for; each must be found in the customer's search text.</summary>
    public static string[] Of(string? query) => [.. SearchText.Words(query).Select(word => IsOfNumber(word) ? Digits(word)!.TrimStart('0') : word)];

    public static string? Digits(string? phone) => phone is null ? null : string.Concat(phone.Where(char.IsAsciiDigit));

    private static bool IsOfNumber(string word) => word.Any(char.IsAsciiDigit) && word.All(c => char.IsAsciiDigit(c) || "+-()/.".Contains(c, StringComparison.Ordinal));
}
