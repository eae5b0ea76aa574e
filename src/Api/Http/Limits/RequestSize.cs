using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace Mainstreet.Api.Http.Limits;

/// <summary>
/// Bounds everything before the body, with a problem that names the limit. The server itself would hang up without a word, and does so at
/// twice of it.
/// </summary>
internal sealed class RequestSize(RequestDelegate next, IOptions<LimitOptions> options)
{
    public Task InvokeAsync(HttpContext http)
    {
        var limits = options.Value;
        if (http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Length > limits.AddressBytes)
        {
            throw Beyond(StatusCodes.Status414UriTooLong, "address_too_long", "bytes of path and query", limits.AddressBytes);
        }

        var headers = http.Request.Headers;
        if (headers.Sum(header => header.Value.Count) > limits.Headers)
        {
            throw Beyond(StatusCodes.Status431RequestHeaderFieldsTooLarge, "too_many_headers", "headers", limits.Headers);
        }

        return headers.Sum(header => header.Value.Sum(value => header.Key.Length + (value?.Length ?? 0))) > limits.HeaderBytes
            ? throw Beyond(StatusCodes.Status431RequestHeaderFieldsTooLarge, "headers_too_large", "bytes of headers", limits.HeaderBytes)
            : next(http);
    }

    public static void Bound(KestrelServerLimits server, LimitOptions limits)
    {
        server.MaxRequestHeaderCount = 2 * limits.Headers;
        server.MaxRequestHeadersTotalSize = 2 * limits.HeaderBytes;
        server.MaxRequestLineSize = 2 * limits.AddressBytes;
    }

    private static ProblemException Beyond(int status, string code, string what, int limit) =>
        new(Problem.Of(status, code, string.Create(CultureInfo.InvariantCulture, $"A request may have {limit} {what} at most.")) with
        {
            Details = new Dictionary<string, object?>(StringComparer.Ordinal) { ["limit"] = limit },
        });
}
