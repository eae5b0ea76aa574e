using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using Mainstreet.Api.Http.Limits;
using Mainstreet.Application.Businesses;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;

namespace Mainstreet.Api.Http;

/// <summary>
/// Which pages of other origins may read answers (requirements 9.20). What guests do at storefronts is for every page. For all else
/// the caller's business has a list. A preflight, and whoever shows no token yet, is of no known business: then any business's list counts. No
/// cookies are read, so credentials are never allowed. Other origins get no headers, and nothing more.
/// </summary>
internal sealed class Cors(RequestDelegate next, RateLimits limits)
{
    private const int Most = 10_000;

    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(10);

    private static readonly string taken = string.Join(", ",
        "Authorization", Credentials.KeyHeader, "Content-Type", IdempotencyKey.Header, "If-Match", "If-None-Match", DryRunMiddleware.Header, "Consistency-Position",
        "Last-Event-ID", RequestEnvelope.RequestId, "traceparent", "Accept-Language");

    private static readonly string shown = string.Join(", ",
        "ETag", "Location", "Link", "Content-Disposition", "Retry-After", "RateLimit", "RateLimit-Policy", "WWW-Authenticate", RequestEnvelope.RequestId, "Event-Position",
        "Projection-Position", "Projection-Version", "Idempotency-Replayed", "Preference-Applied");

    /// <summary>Which origins were allowed when the database was asked last.</summary>
    private readonly ConcurrentDictionary<(TenantId? Business, string Origin), byte> allowed = new();

    /// <summary>Routing finds the endpoint that a preflight asks for, in the place of answering 405.</summary>
    public static void LetPreflightsIn(RouteGroupBuilder routes) => ((IEndpointConventionBuilder)routes).Finally(endpoint =>
    {
        foreach (var methods in endpoint.Metadata.OfType<IHttpMethodMetadata>())
        {
            methods.AcceptCorsPreflight = true;
        }
    });

    public async Task InvokeAsync(HttpContext http, IAllowedOrigins origins)
    {
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length == 0 || http.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<AccessRule>() is null)
        {
            await next(http);
        }
        else if (HttpMethods.IsOptions(http.Request.Method))
        {
            limits.Count(http, grant: null);
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            await Answer(http, endpoint, origin, origins, isPreflight: true);
        }
        else
        {
            http.Response.OnStarting(() => Answer(http, endpoint, origin, origins, isPreflight: false)); // when it is known whose token it was
            await next(http);
        }
    }

    private async Task Answer(HttpContext http, Endpoint endpoint, string origin, IAllowedOrigins origins, bool isPreflight)
    {
        var (headers, isOpen) = (http.Response.Headers, AccessConventions.IsOfStorefronts(endpoint));
        if (!isOpen)
        {
            headers.Append("Vary", "Origin");
            if (!await IsAllowed(http, origin, origins))
            {
                return;
            }
        }

        headers.AccessControlAllowOrigin = isOpen ? "*" : origin;
        if (isPreflight)
        {
            headers.AccessControlAllowMethods = http.Request.Headers.AccessControlRequestMethod;
            headers.AccessControlAllowHeaders = taken;
            headers.AccessControlMaxAge = Remembered.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        }
        else
        {
            headers.AccessControlExposeHeaders = shown;
        }
    }

    /// <summary>Null: of nobody who has shown a token, or of somebody who is in no business with it.</summary>
    private static TenantId? BusinessOf(HttpContext http)
    {
        var tenant = http.Features.Get<Presented>()?.Grant.TenantId ?? http.Features.Get<StorefrontKey>()?.Business;
        return tenant == TenantId.Platform || tenant == TenantId.Pool ? null : tenant;
    }

    /// <summary>An answer that is there already goes out, whether or not its page can be told of. Who asks too often has the database asked nothing.</summary>
    private async Task<bool> IsAllowed(HttpContext http, string origin, IAllowedOrigins origins)
    {
        var place = (BusinessOf(http), origin);
        if (!WebOrigin.IsExact(origin) || http.Response.StatusCode == StatusCodes.Status429TooManyRequests)
        {
            return allowed.ContainsKey(place);
        }

        try
        {
            var isAllowed = place.Item1 is { } known ? await origins.Of(known, origin, http.RequestAborted) : await origins.OfAny(origin, http.RequestAborted);
            Remember(place, isAllowed);
            return isAllowed;
        }
        catch (Exception e) when (e is DbException or OperationCanceledException)
        {
            return false;
        }
    }

    private void Remember((TenantId?, string) place, bool isAllowed)
    {
        if (!isAllowed)
        {
            allowed.TryRemove(place, out _);
        }
        else if (allowed.TryAdd(place, 0) && allowed.Count > Most)
        {
            allowed.Clear();
        }
    }
}
