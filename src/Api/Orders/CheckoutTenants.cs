using System.Text.Json;
using Mainstreet.Api.Http;
using Mainstreet.Api.Storefronts;
using Mainstreet.Application.Orders;
using Mainstreet.Domain;

namespace Mainstreet.Api.Orders;

/// <summary>The storefront stands in the body: <c>{"storefront": "its-subdomain", ...}</c>; left out, a publishable key says which.</summary>
internal sealed class StorefrontInBody(StorefrontTenant storefronts) : ITenantResolver
{
    public async Task<TenantId?> Resolve(HttpContext http, CancellationToken cancellationToken)
    {
        if (!http.Request.HasJsonContentType())
        {
            throw new BadHttpRequestException("Not JSON", StatusCodes.Status415UnsupportedMediaType);
        }

        var body = await RequestBodyMiddleware.Read(http, http.GetEndpoint()!);
        return Subdomain(body) is { } subdomain ? await storefronts.Find(subdomain, cancellationToken)
            : http.Features.Get<StorefrontKey>() is { } key ? await storefronts.Find(key.Business, cancellationToken)
            : throw new ProblemException(
                Problem.Of(400, "validation_failed", "Required fields are missing.", new ProblemError("required", "The field is required, unless a publishable key is shown.", "/storefront")));
    }

    private static string? Subdomain(ReadOnlyMemory<byte> body)
    {
        if (body.Length == 0)
        {
            throw new ProblemException(Problem.Of(400, "body_required", "This request needs a JSON body."));
        }

        using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = ApiJson.MaxDepth });
        if (json.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw ProblemException.Body("", "The value is not of the documented type.", "invalid_json");
        }

        json.RootElement.TryGetProperty("storefront", out var storefront);
        return storefront.ValueKind switch
        {
            JsonValueKind.String => storefront.GetString()!,
            JsonValueKind.Undefined or JsonValueKind.Null => null,
            _ => throw ProblemException.Body("/storefront", "The value is not of the documented type.", "invalid_json"),
        };
    }
}

/// <summary>The tracking token names the business; that it belongs to the order is for the read to find out.</summary>
internal sealed class TrackingTokenTenant : ITenantResolver
{
    public Task<TenantId?> Resolve(HttpContext http, CancellationToken cancellationToken) =>
        Task.FromResult(TrackingToken.TenantOf(http.Request.Query["token"].ToString()));
}
