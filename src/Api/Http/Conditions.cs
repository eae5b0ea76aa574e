using System.Globalization;
using Mainstreet.Application;
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

        context.AsOf = MomentOf(request, context);
        context.OccurredAt = context.AsOf?.Time;
        if (request.Query["wait_ms"].ToString() is { Length: > 0 } wait)
        {
            context.Wait = TimeSpan.FromMilliseconds(Number("wait_ms", wait, 5000));
        }
    }

    /// <summary>Where the endpoint can look back: the version or the time that it is to look at. Errors: invalid_parameter (400).</summary>
    private static Moment? MomentOf(HttpRequest request, RequestContext context)
    {
        if (request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<LooksBack>() is not { } back)
        {
            return null;
        }

        var (version, time) = (back.ByVersion ? request.Query["at_version"].ToString() : "", request.Query["as_of"].ToString());
        if (version.Length > 0)
        {
            return time.Length == 0 ? new((int)Number("at_version", version, int.MaxValue, min: 1), Time: null)
                : throw ProblemException.Parameter("as_of", "Is either a time or at_version, not both.");
        }

        if (time.Length == 0)
        {
            return null;
        }

        if (!DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
        {
            throw ProblemException.Parameter("as_of", "Must be a time such as 2026-03-28T12:00:00Z.");
        }

        return moment <= (context.FrozenNow ?? TimeProvider.System.GetUtcNow()) ? new(Version: null, moment)
            : throw ProblemException.Parameter("as_of", "Must not lie in the future.");
    }

    private static long Number(string parameter, string text, long max, long min = 0) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw ProblemException.Parameter(parameter, $"Must be a whole number from {min.ToString(CultureInfo.InvariantCulture)} to {max.ToString(CultureInfo.InvariantCulture)}.");
}
