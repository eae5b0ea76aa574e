using Mainstreet.Domain;
using Microsoft.Net.Http.Headers;

namespace Mainstreet.Api.Http;

/// <summary>The languages that a request asks for (RFC 9110, 12.5.4).</summary>
internal static class AcceptedLanguages
{
    private const string Header = "Accept-Language";
    private const int MaxRanges = 30;

    /// <summary>Documents the header.</summary>
    /// <param name="endpoint">Whose answers depend on it.</param>
    /// <param name="told">Where the answer says which language it is in.</param>
    public static RouteHandlerBuilder AcceptsLanguages(this RouteHandlerBuilder endpoint, string told = "Content-Language") =>
        endpoint.WithMetadata(new ReadsParameter(Header, InQuery: false, $"The languages that the caller reads; {told} says which one it is."));

    /// <summary>What the answer is in depends on what was asked for.</summary>
    public static void Stamp(HttpResponse response, string locale)
    {
        response.Headers.ContentLanguage = locale;
        Varies(response);
    }

    /// <summary>What the parts of the answer are in depends on what was asked for.</summary>
    public static void Varies(HttpResponse response) => response.Headers.Append(HeaderNames.Vary, Header);

    /// <summary>
    /// The one that is asked for most, by weight and then by order, where he-IL is content with he, and he with he-IL (RFC 4647, 3.4). What has
    /// weight 0 is not taken. Null: none of them, or whichever.
    /// </summary>
    public static string? Choose(HttpRequest request, IReadOnlyList<string> locales) => Choose(Ranges(request), locales);

    /// <summary>What is asked for, once for many that are chosen; nobody reads more than so many languages.</summary>
    public static StringWithQualityHeaderValue[] Ranges(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptLanguage, out var ranges) ? [.. ranges.Take(MaxRanges)] : [];

    /// <inheritdoc cref="Choose(HttpRequest, IReadOnlyList{string})" />
    public static string? Choose(StringWithQualityHeaderValue[] ranges, IReadOnlyList<string> locales)
    {
        var unwanted = ranges.Where(range => range.Quality == 0).Select(range => range.Value.ToString()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var wanted = locales.Where(locale => !unwanted.Contains(locale)).ToArray();
        return ranges.Where(range => range.Quality is not 0).OrderByDescending(range => range.Quality ?? 1)
            .Select(range => Find(range.Value.ToString(), wanted)).FirstOrDefault(found => found is not null);
    }

    private static string? Find(string range, string[] locales) =>
        locales.FirstOrDefault(locale => locale.Equals(range, StringComparison.OrdinalIgnoreCase))
        ?? locales.FirstOrDefault(locale => locale.Equals(Languages.Of(range), StringComparison.OrdinalIgnoreCase))
        ?? locales.FirstOrDefault(locale => Languages.Of(locale).Equals(range, StringComparison.OrdinalIgnoreCase));
}
