using System.Globalization;
using Mainstreet.Application;
using Microsoft.AspNetCore.Diagnostics;

namespace Mainstreet.Api.Http;

/// <summary>Turns whatever stops a request into a problem document; only what nobody foresaw is logged as an error.</summary>
internal sealed partial class ProblemWriter(ILogger<ProblemWriter> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var found = Problems.From(exception);
        var problem = HttpMethods.IsGet(httpContext.Request.Method) || !httpContext.Request.HasJsonContentType() ? found.OfParameters() : found;
        if (problem.Status == StatusCodes.Status500InternalServerError)
        {
            LogUnforeseen(logger, exception, httpContext.Request.Method, httpContext.Request.Path);
        }

        await Write(httpContext, problem);
        return true;
    }

    public static Task Write(HttpContext http, Problem problem)
    {
        problem = ProblemTitles.Translate(http, problem);
        http.Features.Set(problem);
        http.Response.StatusCode = problem.Status;
        if (problem.Challenge is { } challenge)
        {
            http.Response.Headers.WWWAuthenticate = challenge;
        }

        if (problem.Location is { } elsewhere)
        {
            http.Response.Headers.Location = elsewhere;
        }

        if (problem.RetryAfter is { } after)
        {
            http.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        return http.Response.WriteAsJsonAsync(problem with { RequestId = http.TraceIdentifier }, options: null, "application/problem+json", http.RequestAborted);
    }

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private static partial void LogUnforeseen(ILogger logger, Exception exception, string method, string path);
}
