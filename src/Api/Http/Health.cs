using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mainstreet.Api.Http;

/// <summary>For load balancers and orchestrators: /health/live says that the process answers, /health/ready that it can work.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new() { Predicate = _ => false, ResponseWriter = Write });
        routes.MapHealthChecks("/health/ready", new() { ResponseWriter = Write });
    }

    /// <summary>Names and states only: descriptions and exceptions may tell too much.</summary>
    private static Task Write(HttpContext http, HealthReport report) => http.Response.WriteAsJsonAsync(
        new HealthAnswer(Text(report.Status), report.Entries.ToDictionary(entry => entry.Key, entry => Text(entry.Value.Status), StringComparer.Ordinal)),
        http.RequestAborted);

    private static string Text(HealthStatus status) => Pointers.SnakeCase(status.ToString());

    private sealed record HealthAnswer(string Status, IReadOnlyDictionary<string, string> Checks);
}
