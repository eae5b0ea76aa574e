using System.Globalization;
using Mainstreet.Domain.Storefronts;

namespace Mainstreet.Domain.Tests.Storefronts;

public class OpeningHoursTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData("2026-03-02T06:59:59+01:00", false)]
    [InlineData("2026-03-02T07:00:00+01:00", true)]
    [InlineData("2026-03-02T18:29:59+01:00", true)]
    [InlineData("2026-03-02T18:30:00+01:00", false)]
    [InlineData("2026-03-03T07:00:00+01:00", false)]
    [InlineData("2026-03-02T06:30:00+00:00", true)]
    [InlineData("2026-07-06T05:00:00+00:00", true)]
    [InlineData("2026-03-02T05:30:00+00:00", false)]
    public void Local_time_decides(string at, bool open) => IsOpen(DayOfWeek.Monday, "07:00", "18:30", at).ShouldBe(open);

    [Theory]
    [InlineData("2026-03-07T17:59:00+01:00", false)]
    [InlineData("2026-03-07T18:00:00+01:00", true)]
    [InlineData("2026-03-08T01:59:00+01:00", true)]
    [InlineData("2026-03-08T02:00:00+01:00", false)]
    [InlineData("2026-03-07T01:00:00+01:00", false)]
    public void Saturday_night_ends_on_sunday(string at, bool open) => IsOpen(DayOfWeek.Saturday, "18:00", "02:00", at).ShouldBe(open);

    [Theory]
    [InlineData("2026-03-02T00:00:00+01:00", true)]
    [InlineData("2026-03-02T23:59:59+01:00", true)]
    [InlineData("2026-03-03T00:00:00+01:00", false)]
    public void From_midnight_to_midnight_is_all_day(string at, bool open) => IsOpen(DayOfWeek.Monday, "00:00", "00:00", at).ShouldBe(open);

    // 29 March 2026: 02:00 +01:00 is followed by 03:00 +02:00
    [Theory]
    [InlineData("02:30", "12:00", "2026-03-29T01:59:59+01:00", false)]
    [InlineData("02:30", "12:00", "2026-03-29T03:00:00+02:00", true)]
    [InlineData("00:00", "02:30", "2026-03-29T01:59:59+01:00", true)]
    [InlineData("00:00", "02:30", "2026-03-29T03:00:00+02:00", false)]
    [InlineData("09:00", "12:00", "2026-03-29T09:00:00+02:00", true)]
    [InlineData("09:00", "12:00", "2026-03-29T08:30:00+01:00", true)]
    public void A_skipped_hour_is_no_time_at_all(string opens, string closes, string at, bool open) =>
        IsOpen(DayOfWeek.Sunday, opens, closes, at).ShouldBe(open);

    // 25 October 2026: 03:00 +02:00 is followed by 02:00 +01:00
    [Theory]
    [InlineData("22:00", "02:30", "2026-10-25T02:15:00+02:00", true)]
    [InlineData("22:00", "02:30", "2026-10-25T02:45:00+02:00", true)]
    [InlineData("22:00", "02:30", "2026-10-25T02:29:59+01:00", true)]
    [InlineData("22:00", "02:30", "2026-10-25T02:30:00+01:00", false)]
    public void A_repeated_hour_does_not_close_and_open_again(string opens, string closes, string at, bool open) =>
        IsOpen(DayOfWeek.Saturday, opens, closes, at).ShouldBe(open);

    [Theory]
    [InlineData("2026-10-25T02:29:59+02:00", false)]
    [InlineData("2026-10-25T02:30:00+02:00", true)]
    [InlineData("2026-10-25T02:15:00+01:00", true)]
    public void A_repeated_opening_time_opens_the_first_time(string at, bool open) => IsOpen(DayOfWeek.Sunday, "02:30", "12:00", at).ShouldBe(open);

    [Fact]
    public void Without_periods_it_is_never_open() => OpeningHours.None.IsOpenAt(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero), Berlin).ShouldBeFalse();

    [Theory]
    [InlineData("07:00", "18:30", "2026-03-02T12:00:00+01:00", "2026-03-02T12:00:00+01:00")]
    [InlineData("07:00", "18:30", "2026-03-02T06:00:00+01:00", "2026-03-02T07:00:00+01:00")]
    [InlineData("07:00", "18:30", "2026-03-02T18:30:00+01:00", "2026-03-09T07:00:00+01:00")]
    [InlineData("07:00", "18:30", "2026-03-23T18:30:00+01:00", "2026-03-30T07:00:00+02:00")]
    public void It_opens_next_when_it_is_open_next(string opens, string closes, string at, string next) =>
        Hours(DayOfWeek.Monday, opens, closes).NextOpening(Time(at), Berlin).ShouldBe(Time(next));

    [Fact]
    public void It_does_not_open_in_an_hour_that_is_skipped() =>
        Hours(DayOfWeek.Sunday, "02:15", "02:45").NextOpening(Time("2026-03-28T12:00:00+01:00"), Berlin).ShouldBe(Time("2026-04-05T02:15:00+02:00"));

    [Fact]
    public void Without_periods_it_never_opens() => OpeningHours.None.NextOpening(Time("2026-03-02T12:00:00+01:00"), Berlin).ShouldBeNull();

    private static bool IsOpen(DayOfWeek day, string opens, string closes, string at) => Hours(day, opens, closes).IsOpenAt(Time(at), Berlin);

    private static OpeningHours Hours(DayOfWeek day, string opens, string closes) =>
        new([new(day, TimeOnly.Parse(opens, CultureInfo.InvariantCulture), TimeOnly.Parse(closes, CultureInfo.InvariantCulture))]);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
