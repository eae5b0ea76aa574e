namespace Mainstreet.Application.Webhooks;

/// <summary>When a failed delivery is tried again, and when an endpoint is left alone (rows 42, 46).</summary>
public static class WebhookRetries
{
    /// <summary>An endpoint that met no success for so long is degraded.</summary>
    public static readonly TimeSpan DegradeAfter = TimeSpan.FromHours(1);

    private const int FailuresToPause = 5;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(24);

    private static readonly TimeSpan[] schedule =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>How long to wait after a failed attempt; null after the last one.</summary>
    /// <param name="retries">How many of the attempts before were retries: 0 when the first attempt failed.</param>
    /// <param name="retryAfter">What the receiver asked for; honoured up to a day.</param>
    /// <param name="jitter">0 to 1; spreads what failed together by a tenth to either side.</param>
    public static TimeSpan? Delay(int retries, TimeSpan? retryAfter, double jitter)
    {
        if (retries >= schedule.Length)
        {
            return null;
        }

        var delay = schedule[retries] * (0.9 + (0.2 * jitter));
        return Wanted(retryAfter) is { } wanted && wanted > delay ? wanted : delay;
    }

    /// <summary>
    /// How long to send nothing at all to an endpoint: as long as it asks for, or growing with every failure since its last
    /// success. Then one message is tried, and the rest follows its success. Zero: go on.
    /// </summary>
    public static TimeSpan Pause(int failures, TimeSpan? retryAfter)
    {
        var pause = failures < FailuresToPause ? TimeSpan.Zero : TimeSpan.FromSeconds(5 * Math.Pow(2, Math.Min(failures - FailuresToPause, 10)));
        pause = pause < LongestPause ? pause : LongestPause;
        return Wanted(retryAfter) is { } wanted && wanted > pause ? wanted : pause;
    }

    /// <summary>Whether an endpoint with so many failures since its last success is tried with one message first.</summary>
    public static bool NeedsProbe(int failures) => failures >= FailuresToPause;

    private static TimeSpan? Wanted(TimeSpan? retryAfter) => retryAfter < LongestRetryAfter ? retryAfter : retryAfter is null ? null : LongestRetryAfter;
}
