using System.Globalization;
using Mainstreet.Infrastructure.Tenancy;

namespace Mainstreet.Api.Http;

/// <summary>Reads what a request says about consistency: the position its reads must have seen, and how long they may wait (requirements 9.10).</summary>
internal static class Conditions
{
    public static void Read(HttpRequest request, RequestContext context)
    {
        var position = request.Query["min_position"].ToString() is { Length: > 0 } query ? query : request.Headers["Consistency-Position"].ToString();
        if (position.Length > 0)
        {
            var number = Number("min_position", position, long.MaxValue);
            context.MinPosition = Positions.CanBeAwaited(request.HttpContext, context.Tenant) ? number : null;
        }

        if (request.Query["wait_ms"].ToString() is { Length: > 0 } wait)
        {
            context.Wait = TimeSpan.FromMilliseconds(Number("wait_ms", wait, 5000));
        }
    }

    private static long Number(string parameter, string text, long max) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= max
            ? number
            : throw ProblemException.Parameter(parameter, $"Must be a whole number from 0 to {max.ToString(CultureInfo.InvariantCulture)}.");
}
