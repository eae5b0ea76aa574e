using System.Security.Cryptography;
using System.Text;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Tenancy;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Mainstreet.Api.Http;

/// <summary>How many bytes an endpoint's body may have.</summary>
internal sealed record BodyLimit(long Bytes)
{
    public const long Default = 1024 * 1024;
}

/// <summary>The endpoint reads its body as it comes in. An Idempotency-Key alone names the request then, whatever the body says.</summary>
internal sealed record StreamedBody;

/// <summary>Callers must name the request, so that repeating it is safe: money and creation of orders (requirements 9.5).</summary>
internal sealed record IdempotencyKeyRequired;

/// <summary>
/// Bounds, buffers and checks the body, and derives from it and the Idempotency-Key under which id the request's commit is
/// remembered. Runs when caller and tenant are known.
/// </summary>
internal sealed class RequestBodyMiddleware(RequestDelegate next)
{
    /// <summary>Where a body is too large, the server reads on up to here, so that the caller can read the refusal.</summary>
    public const long Drained = 32 * BodyLimit.Default;

    public async Task InvokeAsync(HttpContext http, RequestContext context)
    {
        if (http.GetEndpoint() is not { } endpoint || endpoint.Metadata.GetMetadata<AccessRule>() is null)
        {
            await next(http);
            return;
        }

        Conditions.Read(http.Request, context);
        Bound(http, endpoint);
        var key = IdempotencyKey.Read(http.Request, endpoint);
        if (key is not null || IsJson(http.Request, endpoint))
        {
            var body = endpoint.Metadata.GetMetadata<StreamedBody>() is null ? await Read(http, endpoint) : default;
            if (key is not null && context.DryRun is null)
            {
                IdempotencyKey.Apply(key, http, body, context);
            }
        }

        await next(http);
    }

    /// <summary>The whole body, bounded, and checked where it is JSON; whoever needs it earlier may ask first.</summary>
    public static async Task<ReadOnlyMemory<byte>> Read(HttpContext http, Endpoint endpoint)
    {
        if (http.Features.Get<Buffered>() is { } before)
        {
            return before.Body;
        }

        Bound(http, endpoint);
        var buffer = new MemoryStream((int)(http.Request.ContentLength ?? 0));
        try
        {
            await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw TooLarge(endpoint);
        }

        buffer.Position = 0;
        http.Request.Body = buffer;
        var body = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        if (body.Length > 0 && IsJson(http.Request, endpoint))
        {
            JsonBodyScan.Check(body.Span);
        }

        http.Features.Set(new Buffered(body));
        return body;
    }

    private static void Bound(HttpContext http, Endpoint endpoint)
    {
        var limit = Limit(endpoint);
        if (http.Request.ContentLength > limit)
        {
            throw TooLarge(endpoint);
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size && (http.Request.ContentLength is null || limit > Drained))
        {
            size.MaxRequestBodySize = limit;
        }
    }

    private static long Limit(Endpoint endpoint) => endpoint.Metadata.GetMetadata<BodyLimit>()?.Bytes ?? BodyLimit.Default;

    private static ProblemException TooLarge(Endpoint endpoint) =>
        new(Problems.FromStatus(StatusCodes.Status413PayloadTooLarge) with { Details = new Dictionary<string, object?>(StringComparer.Ordinal) { ["limit"] = Limit(endpoint) } });

    private sealed record Buffered(ReadOnlyMemory<byte> Body);

    private static bool IsJson(HttpRequest request, Endpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is null || !request.HasJsonContentType() || !MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
        {
            return false;
        }

        return type.Charset.Length == 0 || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            ? true
            : throw new BadHttpRequestException("Not UTF-8", StatusCodes.Status415UnsupportedMediaType);
    }
}

/// <summary>Idempotency-Key: a name for a request that stays the same when it is sent again.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    /// <summary>Errors: invalid_idempotency_key, idempotency_key_required (400).</summary>
    public static string? Read(HttpRequest request, Endpoint endpoint)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return null;
        }

        if (request.Headers.TryGetValue(Header, out var values))
        {
            return RequestEnvelope.OneLine(values, max: 255)
                ?? throw ProblemException.Parameter(Header, "Must be one value of 1 to 255 visible ASCII characters.", "invalid_idempotency_key");
        }

        return endpoint.Metadata.GetMetadata<IdempotencyKeyRequired>() is null
            ? null
            : throw ProblemException.Parameter(Header, "This request must carry an Idempotency-Key.", "idempotency_key_required");
    }

    /// <summary>
    /// A key counts for one tenant, one principal with its business, and one route with its values; the same key elsewhere is another request.
    /// </summary>
    public static void Apply(string key, HttpContext http, ReadOnlyMemory<byte> body, RequestContext context)
    {
        var request = http.Request;
        var pattern = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
        var values = string.Join('\n', request.RouteValues.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key}={value.Value}"));
        context.CommandId = Uuid.Named(
            context.Tenant.ToString(), http.Features.Get<Caller>()?.Grant.TenantId.ToString() ?? "", context.Actor.Id?.ToString() ?? "guest", request.Method, pattern, values, key);

        // the key is stored nowhere, so nobody finds a password or PIN of the body by trying which of them has the stored hash
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{key}\n{request.Method}\n{request.Path}{request.QueryString}\n"));
        foreach (var part in WithoutBoundary(request, body))
        {
            hash.AppendData(part.Span);
        }

        context.Fingerprint = hash.GetHashAndReset();
    }

    /// <summary>Clients draw a new boundary each time they send a form; it is not part of what the form says.</summary>
    private static IEnumerable<ReadOnlyMemory<byte>> WithoutBoundary(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var boundary = MediaTypeHeaderValue.TryParse(request.ContentType, out var type) ? Encoding.UTF8.GetBytes(HeaderUtilities.RemoveQuotes(type.Boundary).ToString()) : [];
        for (var at = boundary.Length == 0 ? -1 : body.Span.IndexOf(boundary); at >= 0; at = body.Span.IndexOf(boundary))
        {
            yield return body[..at];
            body = body[(at + boundary.Length)..];
        }

        yield return body;
    }
}
