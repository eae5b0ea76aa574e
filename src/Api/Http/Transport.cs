using Microsoft.AspNetCore.HttpOverrides;

namespace Mainstreet.Api.Http;

/// <summary>
/// Nothing in the clear (SEC-05): whom a trusted proxy says to have come by HTTP is sent to HTTPS, and a browser that came by HTTPS remembers to. Who
/// reaches the process itself, as health checks do, is inside and goes on. Not in Development.
/// </summary>
internal sealed class Transport(RequestDelegate next)
{
    /// <summary>A year, and for this host alone: others below it may belong to somebody else.</summary>
    private const string RememberHttps = "max-age=31536000";

    public Task InvokeAsync(HttpContext http)
    {
        if (http.Request.IsHttps)
        {
            http.Response.OnStarting(() =>
            {
                http.Response.Headers.StrictTransportSecurity = RememberHttps;
                return Task.CompletedTask;
            });
            return next(http);
        }

        if (!http.Request.Headers.ContainsKey(ForwardedHeadersDefaults.XOriginalProtoHeaderName))
        {
            return next(http);
        }

        // what came with a body has been read by others by now: its sender should know, and not be led on in silence
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            throw new ProblemException(Problem.Of(403, "https_required", "This is for HTTPS only. What the request carried has crossed the network in the clear."));
        }

        http.Response.Redirect($"https://{http.Request.Host}{http.Request.PathBase}{http.Request.Path}{http.Request.QueryString}", permanent: true, preserveMethod: true);
        return Task.CompletedTask;
    }
}
