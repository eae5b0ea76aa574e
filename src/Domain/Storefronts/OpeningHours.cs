namespace Mainstreet.Domain.Storefronts;

/// <summary>
/// Open on a weekday between two whole minutes of the business's local time. Closing at or before the opening time means the
/// next day: 18:00 to 02:00 runs past midnight, 00:00 to 00:00 is all day.
/// </summary>
public sealed record OpeningPeriod(DayOfWeek Day, TimeOnly Opens, TimeOnly Closes);

/// <summary>When a business is open in an ordinary week. Requirement WL-06.</summary>
public sealed record OpeningHours(OpeningPeriod[] Periods)
{
    public static readonly OpeningHours None = new([]);

    public static readonly OpeningHours Always = new([.. Enum.GetValues<DayOfWeek>().Select(day => new OpeningPeriod(day, TimeOnly.MinValue, TimeOnly.MinValue))]);

    /// <summary>
    /// Correct when clocks change: a period is one unbroken stretch of time. An opening or closing time that the clock skips is
    /// the moment of the skip; of one that comes twice, the first opens and the second closes.
    /// </summary>
    public bool IsOpenAt(DateTimeOffset at, TimeZoneInfo zone)
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
        return Covers(today.AddDays(-1), at, zone) || Covers(today, at, zone);
    }

    /// <summary>The first moment from <paramref name="at"/> on at which it is open; null when it never opens.</summary>
    public DateTimeOffset? NextOpening(DateTimeOffset at, TimeZoneInfo zone)
    {
        if (IsOpenAt(at, zone))
        {
            return at;
        }

        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);
        return Enumerable.Range(0, 15) // a period that the clock skips this week takes place in the next
            .SelectMany(day => Openings(today.AddDays(day), zone))
            .Where(opening => opening > at)
            .Order()
            .Cast<DateTimeOffset?>()
            .FirstOrDefault();
    }

    public bool SameAs(OpeningHours other) => Periods.SequenceEqual(other.Periods);

    internal void Validate() => Check.That(
        Periods.Length <= 50 && Periods.All(period => Enum.IsDefined(period.Day) && IsWholeMinute(period.Opens) && IsWholeMinute(period.Closes)),
        StorefrontErrors.OpeningHoursInvalid);

    private bool Covers(DateOnly day, DateTimeOffset at, TimeZoneInfo zone) =>
        Stretches(day, zone).Any(stretch => stretch.Opens <= at && at < stretch.Closes);

    private IEnumerable<DateTimeOffset> Openings(DateOnly day, TimeZoneInfo zone) =>
        Stretches(day, zone).Where(stretch => stretch.Opens < stretch.Closes).Select(stretch => stretch.Opens);

    private IEnumerable<(DateTimeOffset Opens, DateTimeOffset Closes)> Stretches(DateOnly day, TimeZoneInfo zone) =>
        Periods.Where(period => period.Day == day.DayOfWeek).Select(period => (
            Instant(day.ToDateTime(period.Opens), zone, first: true),
            Instant((period.Closes > period.Opens ? day : day.AddDays(1)).ToDateTime(period.Closes), zone, first: false)));

    private static DateTimeOffset Instant(DateTime local, TimeZoneInfo zone, bool first)
    {
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        if (!zone.IsAmbiguousTime(local))
        {
            return new DateTimeOffset(local, zone.GetUtcOffset(local));
        }

        // the further ahead of UTC the clock is, the earlier it shows a time
        var offsets = zone.GetAmbiguousTimeOffsets(local);
        return new DateTimeOffset(local, first ? offsets.Max() : offsets.Min());
    }

    private static bool IsWholeMinute(TimeOnly time) => time.Ticks % TimeSpan.TicksPerMinute == 0;
}
