using System.Text.RegularExpressions;

namespace Mainstreet.Domain;

/// <summary>The checks that decisions of several features share.</summary>
public static partial class Check
{
    /// <summary>Throws <paramref name="error"/> unless the rule holds.</summary>
    public static void That(bool holds, DomainError error)
    {
        if (!holds)
        {
            throw new DomainException(error);
        }
    }

    /// <summary>Text of 1 to <paramref name="max"/> characters that is more than white space.</summary>
    public static bool IsText(string? text, int max) => !string.IsNullOrWhiteSpace(text) && text.Length <= max;

    /// <summary>No text at all, or at most <paramref name="max"/> characters.</summary>
    public static bool IsOptionalText(string? text, int max) => text is null || text.Length <= max;

    /// <summary>No country, or two capital letters as ISO 3166-1 has them.</summary>
    public static bool IsOptionalCountry(string? code) => code is null || (code.Length == 2 && char.IsAsciiLetterUpper(code[0]) && char.IsAsciiLetterUpper(code[1]));

    /// <summary>Lower-case letters and digits in groups joined by single hyphens, at most 200 characters.</summary>
    public static bool IsSlug(string? text) => text is { Length: <= 200 } && SlugFormat().IsMatch(text);

    /// <summary>An absolute http(s) address, or a path on this server, of at most 2,048 characters.</summary>
    public static bool IsWebAddress(string? url) => url is { Length: > 0 and <= 2048 } && (IsLocalPath(url) || IsAbsoluteWebAddress(url));

    public static bool IsAbsoluteWebAddress(string? url) =>
        url is { Length: <= 2048 } && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Host.Length > 0
        && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp);

    // "//host" and "/\host" would leave this server
    private static bool IsLocalPath(string url) => url[0] == '/' && (url.Length == 1 || url[1] is not ('/' or '\\'));

    // $, because $ would let a trailing line break through
    [GeneratedRegex(@"\A[a-z0-9]+(?:-[a-z0-9]+)*\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SlugFormat();
}
