using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using Mainstreet.Application;
using Microsoft.AspNetCore.Http.Metadata;

namespace Mainstreet.Api.Http;

/// <summary>A parameter that an endpoint reads by itself; named for the check of unknown parameters and for the published document.</summary>
internal sealed record ReadsParameter(string Name, bool InQuery, string Description, bool IsInteger = false);

/// <summary>If-Match: the version that the caller has seen (requirements 9.6). An endpoint takes it as a parameter.</summary>
/// <param name="Version">The expected version; null: any, because the header is missing or *.</param>
internal sealed record IfMatch(int? Version) : IEndpointParameterMetadataProvider
{
    public static ValueTask<IfMatch?> BindAsync(HttpContext http) => ValueTask.FromResult<IfMatch?>(Parse(http.Request.Headers.IfMatch.ToString()));

    /// <summary>Errors: invalid_if_match (400).</summary>
    public static IfMatch Parse(string header)
    {
        if (header is "" or "*")
        {
            return new(Version: null);
        }

        return header is ['"', 'v', .. var digits, '"'] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? new(version)
            : throw ProblemException.Parameter("If-Match", "Must be one strong tag such as \"v17\", as ETag gave it, or *.", "invalid_if_match");
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ReadsParameter("If-Match", InQuery: false, "The version that the caller has seen, such as \"v17\"; 412 stale_version when there is a newer one."));
        builder.Metadata.Add(new Refusal(StatusCodes.Status400BadRequest, ["invalid_if_match"]));
        builder.Metadata.Add(new Refusal(StatusCodes.Status412PreconditionFailed, ["stale_version"]));
    }
}

/// <summary>limit and cursor of a list (requirements 9.7). An endpoint takes it as a parameter and passes it on as <see cref="PageRequest"/>.</summary>
internal sealed record Paging(PageRequest Request) : IEndpointParameterMetadataProvider
{
    public static implicit operator PageRequest(Paging paging) => paging.Request;

    public static ValueTask<Paging?> BindAsync(HttpContext http)
    {
        var query = http.Request.Query;
        var limit = PageRequest.DefaultLimit;
        if (query["limit"].ToString() is { Length: > 0 } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > PageRequest.MaxLimit))
        {
            throw ProblemException.Parameter("limit", "Must be a whole number from 1 to 100.");
        }

        return ValueTask.FromResult<Paging?>(new(new PageRequest(limit, query["cursor"].ToString() is { Length: > 0 } cursor ? cursor : null)));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ReadsParameter("limit", InQuery: true, "Rows per page, 1 to 100; 25 when left out.", IsInteger: true));
        builder.Metadata.Add(new ReadsParameter("cursor", InQuery: true, "next_cursor of the page before."));
        builder.Metadata.Add(new Refusal(StatusCodes.Status400BadRequest, ["invalid_cursor"]));
    }
}

/// <summary>An enum by its snake_case name, in the query: <c>Choice&lt;OrderStatus&gt;? status</c>.</summary>
internal readonly record struct Choice<T>(T Value) where T : struct, Enum
{
    private static readonly FrozenDictionary<string, T> byName = Enum.GetValues<T>().ToFrozenDictionary(value => Pointers.SnakeCase(value.ToString()), StringComparer.Ordinal);
    private static readonly FrozenDictionary<T, string> names = byName.ToFrozenDictionary(entry => entry.Value, entry => entry.Key);

    public static IEnumerable<string> Names => Enum.GetValues<T>().Select(NameOf);

    public static string NameOf(T value) => names[value];

    public static bool TryParse(string? text, IFormatProvider? provider, out Choice<T> choice)
    {
        var known = byName.TryGetValue(text ?? "", out var value);
        choice = new(value);
        return known;
    }
}

/// <summary>A day in the query, written 2026-03-28 and in no other way: <c>Day? from</c>.</summary>
internal readonly record struct Day(DateOnly Value)
{
    public static bool TryParse(string? text, IFormatProvider? provider, out Day day)
    {
        var known = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value);
        day = new(value);
        return known;
    }
}

/// <summary>The order of a list: an enum's snake_case name, with a minus for the highest first: <c>?sort=-created_at</c>.</summary>
internal readonly record struct Sort<T>(T By, bool Descending) where T : struct, Enum
{
    public static bool TryParse(string? text, IFormatProvider? provider, out Sort<T> sort)
    {
        var descending = text is ['-', ..];
        var known = Choice<T>.TryParse(descending ? text![1..] : text, provider, out var by);
        sort = new(by.Value, descending);
        return known;
    }
}
