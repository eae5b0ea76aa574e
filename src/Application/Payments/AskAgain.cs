namespace Mainstreet.Application.Payments;

/// <summary>
/// When a provider is asked again for what it has not finished, or does not show yet: it tells of that once, and what it tells may get lost. Half a minute
/// later, then after twice as long each time, up to six hours; for a day and a half in all.
/// </summary>
internal static class AskAgain
{
    private const int Most = 15;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    /// <param name="asked">How often it was asked again so far.</param>
    /// <returns>Null: no more.</returns>
    public static DateTimeOffset? At(int asked, DateTimeOffset now) =>
        asked == Most ? null : now + TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << asked));
}
