using System.Diagnostics;
using System.Globalization;
using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Tenancy;

namespace Mainstreet.Api.Http;

/// <summary>What every request and answer carries, whatever the endpoint: ids for tracing, and headers that keep browsers safe.</summary>
internal sealed class RequestEnvelope(RequestDelegate next)
{
    public const string RequestId = "X-Request-Id";

    public async Task InvokeAsync(HttpContext http, RequestContext context)
    {
        http.TraceIdentifier = OneLine(http.Request.Headers[RequestId]) ?? Uuid.New().ToString("N");
        context.RequestId = http.TraceIdentifier;
        context.TraceParent = Activity.Current?.Id ?? Traced(http.Request.Headers.TraceParent);
        context.Network = http.Connection.RemoteIpAddress is { } address ? AddressNetworks.Of(address, 24, 48) : null;
        http.Response.OnStarting(() =>
        {
            Stamp(http, context);
            return Task.CompletedTask;
        });

        RefuseUnstorable("path", http.Request.Path.Value);
        foreach (var (name, values) in http.Request.Query)
        {
            RefuseUnstorable(name, name);
            RefuseUnstorable(name, values);
        }

        http.Request.Query = new SnakeCaseQuery(http.Request.Query);
        await next(http);
    }

    /// <summary>1 to <paramref name="max"/> visible ASCII characters; anything else is no id.</summary>
    public static string? OneLine(string? value, int max = 128) =>
        value is { Length: > 0 } && value.Length <= max && value.All(c => c is > ' ' and <= '~') ? value : null;

    /// <summary>The caller's trace, where nothing in this process traces by itself.</summary>
    private static string? Traced(string? parent) => ActivityContext.TryParse(parent, null, out _) ? parent : null;

    private static void Stamp(HttpContext http, RequestContext context)
    {
        var headers = http.Response.Headers;
        headers[RequestId] = http.TraceIdentifier;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        if (http.Request.Path.StartsWithSegments(ApiRoot.Base, StringComparison.Ordinal))
        {
            if (headers.ContentSecurityPolicy.Count == 0)
            {
                headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
            }

            if (headers.CacheControl.Count == 0)
            {
                headers.CacheControl = "no-store";
            }
        }

        if (context.Replayed)
        {
            headers["Idempotency-Replayed"] = "true";
        }

        if (context.ProjectionPosition is { } position)
        {
            headers["Projection-Position"] = position.ToString(CultureInfo.InvariantCulture);
            headers["Projection-Version"] = context.ProjectionVersion;
        }
    }

    /// <summary>PostgreSQL texts hold no NUL. Broken UTF-8 stays percent-encoded and harms nobody.</summary>
    private static void RefuseUnstorable(string parameter, string? text)
    {
        if (text?.Contains('\0', StringComparison.Ordinal) == true)
        {
            throw ProblemException.Parameter(parameter.Replace("\0", "", StringComparison.Ordinal), "The text contains a NUL character.", "invalid_text");
        }
    }
}
