using Mainstreet.Application.Files;
using Microsoft.Net.Http.Headers;

namespace Mainstreet.Api.Files;

/// <summary>
/// Public files at <c>/files/{tenant}/{resource}/{name}</c>, on every host. It stands before everything that knows callers, as pages' files do: nobody's limits
/// are used up by looking at pictures. What is kept under an address never changes, so whoever has it need not ask again.
/// </summary>
internal sealed class PublicFileRoute(RequestDelegate next)
{
    public const string Base = "/files";

    private const string ForAYear = "public, max-age=31536000, immutable";

    public async Task InvokeAsync(HttpContext http)
    {
        if (!http.Request.Path.StartsWithSegments(Base, StringComparison.Ordinal, out var rest))
        {
            await next(http);
            return;
        }

        var response = http.Response;
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            response.Headers.Allow = "GET, HEAD";
            response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        if (FileKey.Parse(rest.Value?.TrimStart('/') ?? "") is not { } key || await http.RequestServices.GetRequiredService<IFileStore>().Open(key, http.RequestAborted) is not { } file)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        response.Headers.CacheControl = ForAYear;
        response.Headers.ContentDisposition = $"inline; filename=\"{key.Name}\"";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox"; // whatever a browser takes it for, it runs nothing
        response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin"; // storefronts are on other hosts
        await Results.Stream(file, key.ContentType, entityTag: new EntityTagHeaderValue($"\"{Path.GetFileNameWithoutExtension(key.Name)}\""), enableRangeProcessing: file.CanSeek)
            .ExecuteAsync(http);
    }
}
