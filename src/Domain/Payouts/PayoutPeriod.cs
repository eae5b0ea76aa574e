namespace Mainstreet.Domain.Payouts;

/// <summary>From when on and until when, without the latter.</summary>
public sealed record PayoutPeriod(DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>The week or month that it is now, by the business's calendar.</summary>
    /// <param name="now">A moment of the period.</param>
    /// <param name="timezone">A known one.</param>
    /// <param name="schedule">How long it lasts.</param>
    /// <param name="before">When the period before ended: a change of the schedule never has two overlap.</param>
    public static PayoutPeriod Of(DateTimeOffset now, string timezone, PayoutSchedule schedule, DateTimeOffset? before)
    {
        var day = Timezones.DayOf(now, timezone);
        var (first, next) = schedule switch
        {
            PayoutSchedule.Weekly => Span(day.AddDays(-(((int)day.DayOfWeek + 6) % 7)), date => date.AddDays(7)),
            PayoutSchedule.Monthly => Span(new(day.Year, day.Month, 1), date => date.AddMonths(1)),
        };
        var from = Timezones.StartOf(first, timezone);
        return new(before > from ? before.Value : from, Timezones.StartOf(next, timezone));
    }

    private static (DateOnly, DateOnly) Span(DateOnly first, Func<DateOnly, DateOnly> next) => (first, next(first));
}
