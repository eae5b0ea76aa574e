using System.Security.Cryptography;
using System.Text;
using Mainstreet.Application.Identity;

namespace Mainstreet.Api.Http.Metrics;

/// <summary>The measurements of this process as a page: for operators who are signed in, and for scrapers with a token of their own (OPS-07).</summary>
internal static class MetricsEndpoints
{
    private const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static void MapMetrics(this WebApplication app, IEndpointRouteBuilder api)
    {
        api.MapGet("/admin/metrics", (PrometheusText text) => Results.Text(text.Render(), ContentType))
            .WithName("GetMetrics").WithTags("Operations").RequirePermission(Permissions.AdminOperations)
            .Produces<string>(StatusCodes.Status200OK, "text/plain");

        if (app.Configuration["Metrics:Token"] is { Length: > 0 } token)
        {
            var expected = Encoding.UTF8.GetBytes("Bearer " + token);
            app.MapGet("/metrics", (HttpContext http, PrometheusText text) =>
                CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(http.Request.Headers.Authorization.ToString()), expected)
                    ? Results.Text(text.Render(), ContentType)
                    : Results.Unauthorized()).ExcludeFromDescription();
        }
    }
}
