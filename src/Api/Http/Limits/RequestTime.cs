using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.Options;

namespace Mainstreet.Api.Http.Limits;

/// <summary>
/// How long a request may take. It is told so and let go; a commit that is under way goes through nevertheless, and is met again by who
/// repeats the request under its key.
/// </summary>
internal sealed class RequestTime(IOptions<LimitOptions> limits) : IConfigureOptions<RequestTimeoutOptions>
{
    public const string Code = "request_timeout";

    public void Configure(RequestTimeoutOptions options) => options.DefaultPolicy = new()
    {
        Timeout = limits.Value.Timeout,
        TimeoutStatusCode = StatusCodes.Status504GatewayTimeout,
        WriteTimeoutResponse = Write,
    };

    private Task Write(HttpContext http)
    {
        http.RequestAborted = CancellationToken.None; // which the timeout has set off
        return ProblemWriter.Write(http, Problem.Of(504, Code, "The request took longer than it may. What it writes may still happen: repeat it under its Idempotency-Key.") with
        {
            Details = new Dictionary<string, object?>(StringComparer.Ordinal) { ["limit_seconds"] = limits.Value.Timeout.TotalSeconds },
        });
    }
}
