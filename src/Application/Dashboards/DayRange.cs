using System.Globalization;
using Mainstreet.Domain;

namespace Mainstreet.Application.Dashboards;

/// <summary>The days of a report.</summary>
internal static class DayRange
{
    private const int DefaultDays = 30;

    /// <summary>Both ends, each with its default. Errors: invalid_range, range_too_long (400).</summary>
    public static (DateOnly From, DateOnly To) Of(DateOnly? from, DateOnly? to, DateOnly today, int maxDays)
    {
        var last = to ?? today;
        var first = from ?? DateOnly.FromDayNumber(Math.Max(0, last.DayNumber - DefaultDays + 1));
        Check.That(first <= last, InvalidRange(first, last));
        Check.That(last.DayNumber - first.DayNumber < maxDays, TooLong(maxDays));
        return (first, last);
    }

    public static DomainError Outside(int firstYear) =>
        new("invalid_range", string.Create(CultureInfo.InvariantCulture, $"A report like this is of days from {firstYear} to 9998."), ErrorKind.Invalid);

    private static DomainError TooLong(int maxDays) =>
        new("range_too_long", string.Create(CultureInfo.InvariantCulture, $"A report like this covers at most {maxDays} days."), ErrorKind.Invalid);

    private static DomainError InvalidRange(DateOnly from, DateOnly to) =>
        new("invalid_range", $"The range begins on {from:O}, after its end on {to:O}.", ErrorKind.Invalid);
}
