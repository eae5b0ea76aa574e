using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Dashboards;

/// <summary>
/// What was sold when, in any time zone (ANA-01, ANA-09): by hours, days, weeks or months, and by what it was, how it came or who sold it. Days are those
/// of <paramref name="Timezone"/>, both ends included. Left out: the zone of the business; the 30 days up to today, or up to <paramref name="To"/>.
/// Errors: timezone_unknown, invalid_range, range_too_long (400).
/// </summary>
/// <param name="By">Null: not broken down.</param>
public sealed record GetAnalytics(DateOnly? From, DateOnly? To, string? Timezone, Granularity Granularity, Breakdown? By) : IRequest<Analytics>
{
    public const int MaxDays = 366;

    /// <summary>Of a range by the hour.</summary>
    public const int MaxDaysByHour = 31;
}

/// <summary>How long a part of a series is. Weeks begin on Monday.</summary>
public enum Granularity
{
    Day,
    Hour,
    Week,
    Month,
}

public enum Breakdown
{
    Product,

    /// <summary>In which the product stands today.</summary>
    Category,
    Channel,

    /// <summary>Of the day: 0 to 23.</summary>
    Hour,

    /// <summary>1 (Monday) to 7.</summary>
    Weekday,

    /// <summary>Who rang it up; what was ordered has nobody.</summary>
    Staff,
}

/// <param name="Series">Every part of the range, those without sales too. The first may begin before the range, the last end after it: they count what is in it.</param>
/// <param name="Parts">At most <see cref="MaxParts"/>, those with the most revenue.</param>
/// <param name="AsOf">When the numbers were read, by the business's clock.</param>
public sealed record Analytics(
    string Currency, string Timezone, DateOnly From, DateOnly To, Granularity Granularity, SalesFigures Totals, IReadOnlyList<SalesFigures> Series,
    Breakdown? By, IReadOnlyList<SalesPart> Parts, DateTimeOffset AsOf)
{
    public const int MaxParts = 100;
}

/// <summary>
/// Amounts are minor units. What was canceled, rejected, voided or came back as a whole is counted in <paramref name="Reversed"/> and nowhere else.
/// </summary>
/// <param name="Start">When this part begins.</param>
/// <param name="Gross">What the goods cost before discounts.</param>
/// <param name="Tax">In what is paid, whether prices include it or not.</param>
/// <param name="Refunded">Given back of what stands otherwise; it counts at the time of the sale.</param>
/// <param name="Revenue">What customers pay, without what was given back.</param>
public sealed record SalesFigures(
    DateTimeOffset Start, int Sales, decimal Items, long Gross, long Discounts, long Tax, long DeliveryFees, long Tips, long Refunded, long Revenue, int Reversed)
{
    /// <summary>Rounded to the minor unit; zero without sales.</summary>
    public long Average => Sales == 0 ? 0 : (long)decimal.Round((decimal)Revenue / Sales, MidpointRounding.AwayFromZero);
}

/// <param name="Key">The id of a product, a category or a user, the name of a channel, or the number of an hour or a weekday; null for what has none.</param>
/// <param name="Name">Of the product as it was last sold, or of the category.</param>
/// <param name="Revenue">Of goods: what their lines cost, without the delivery, a tip and what was given back of an order.</param>
public sealed record SalesPart(string? Key, string? Name, int Sales, decimal Quantity, long Revenue);

internal sealed class GetAnalyticsHandler(IReadStore reads, TimeProvider clock) : IRequestHandler<GetAnalytics, Analytics>
{
    /// <summary>Before it zones were what each town thought.</summary>
    private const int FirstYear = 1970;

    public async Task<Analytics> Handle(GetAnalytics query, CancellationToken cancellationToken)
    {
        Check.That(query.Timezone is null || Timezones.IsKnown(query.Timezone), Timezones.Unknown(query.Timezone));
        var business = await reads.Find<Locale>("select currency, timezone from rm.business_profile", null, cancellationToken)
            ?? throw new DomainException(DomainError.NotFound("business"));
        var zone = query.Timezone ?? business.Timezone;
        var now = clock.GetUtcNow();
        var (from, to) = DayRange.Of(query.From, query.To, Timezones.DayOf(now, zone), query.Granularity is Granularity.Hour ? GetAnalytics.MaxDaysByHour : GetAnalytics.MaxDays);
        Check.That(from.Year >= FirstYear && to.Year <= 9998, DayRange.Outside(FirstYear));

        var numbers = (await reads.Find<Numbers>(
            AnalyticsSql.Of(query.By),
            new
            {
                From = from,
                To = to,
                Zone = zone,
                Unit = AnalyticsSql.Unit(query.Granularity),
                business.Currency,
                Most = Analytics.MaxParts,
            },
            cancellationToken))!;
        return new(business.Currency, zone, from, to, query.Granularity, numbers.Totals, numbers.Series, query.By, numbers.Parts, now);
    }

    private sealed record Locale(string Currency, string Timezone);

    private sealed record Numbers(SalesFigures Totals, SalesFigures[] Series, SalesPart[] Parts);
}
