using System.Globalization;
using System.Reflection;
using Mainstreet.Api.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Mainstreet.Api.Events;

/// <summary>
/// Behind which event a stream goes on. A browser that comes again sends Last-Event-ID with the address it began with, so the
/// header counts before the query.
/// </summary>
/// <param name="After">Null: from now on.</param>
internal sealed record StreamStart(long? After) : IEndpointParameterMetadataProvider
{
    private const string Header = "Last-Event-ID";

    public static ValueTask<StreamStart?> BindAsync(HttpContext http)
    {
        var query = http.Request.Query;
        var header = Number(Header, http.Request.Headers[Header].ToString());
        var polyfill = Number("last_event_id", query["last_event_id"].ToString());
        return ValueTask.FromResult<StreamStart?>(new(header ?? polyfill ?? Number("after", query["after"].ToString())));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ReadsParameter(Header, InQuery: false, "The id of the last event that arrived; the stream goes on behind it.", IsInteger: true));
        builder.Metadata.Add(new ReadsParameter("last_event_id", InQuery: true, "The same, for clients that cannot set headers.", IsInteger: true));
        builder.Metadata.Add(new ReadsParameter("after", InQuery: true, "The position behind which the stream begins; left out: with what happens from now on.", IsInteger: true));
    }

    private static long? Number(string parameter, string text) => text.Length == 0 ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw ProblemException.Parameter(parameter, "Must be a position: a whole number from 0 on.");
}
