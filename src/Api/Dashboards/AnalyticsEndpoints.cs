using Mainstreet.Api.Http;
using Mainstreet.Application.Dashboards;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Api.Dashboards;

internal static class AnalyticsEndpoints
{
    public static void MapAnalytics(this IEndpointRouteBuilder api) =>
        api.MapGet("/business/analytics", Get).WithName("GetAnalytics").WithTags("Dashboards").RequirePermission(Permissions.DashboardRead)
            .Refuses(400, "timezone_unknown", "invalid_range", "range_too_long");

    private static async Task<OkAnswer<AnalyticsBody>> Get(
        Day? from, Day? to, string? tz, Choice<Granularity>? granularity, Choice<Breakdown>? by, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(AnalyticsBody.Of(await mediator.Send(new GetAnalytics(from?.Value, to?.Value, tz, granularity?.Value ?? default, by?.Value), cancellationToken)));
}

/// <summary>What was sold from <paramref name="From"/> to <paramref name="To"/>, days of <paramref name="Timezone"/>. A sale counts at the time when it was made.</summary>
/// <param name="Series">Hours, days, weeks (from Monday) or months, those without sales too. The first may begin before the range and count only what is in it, as the last may end after it.</param>
/// <param name="Parts">The hundred with the most revenue; empty unless by is given.</param>
/// <param name="AsOf">When the numbers were read, by the business's clock.</param>
internal sealed record AnalyticsBody(
    string Currency, string Timezone, DateOnly From, DateOnly To, string Granularity, AnalyticsFigures Totals, IReadOnlyList<AnalyticsFigures> Series, string? By,
    IReadOnlyList<AnalyticsPart> Parts, DateTimeOffset AsOf)
{
    public static AnalyticsBody Of(Analytics analytics) => new(
        analytics.Currency, analytics.Timezone, analytics.From, analytics.To, Choice<Granularity>.NameOf(analytics.Granularity),
        AnalyticsFigures.Of(analytics.Totals, analytics.Currency), [.. analytics.Series.Select(figures => AnalyticsFigures.Of(figures, analytics.Currency))],
        analytics.By is { } by ? Choice<Breakdown>.NameOf(by) : null,
        [.. analytics.Parts.Select(part => new AnalyticsPart(part.Key, part.Name, part.Sales, part.Quantity, new(part.Revenue, analytics.Currency)))], analytics.AsOf);
}

/// <summary>Sales that stand; what was canceled, rejected, voided or came back as a whole is in reversed alone.</summary>
/// <param name="Gross">What the goods cost before discounts.</param>
/// <param name="Tax">In what is paid, whether prices include it or not.</param>
/// <param name="Refunded">Given back of what stands otherwise; it counts at the time of the sale.</param>
/// <param name="Revenue">What customers pay, without what was given back.</param>
internal sealed record AnalyticsFigures(
    DateTimeOffset Start, int Sales, decimal Items, Money Gross, Money Discounts, Money Tax, Money DeliveryFees, Money Tips, Money Refunded, Money Revenue,
    Money AverageSale, int Reversed)
{
    public static AnalyticsFigures Of(SalesFigures figures, string currency) => new(
        figures.Start, figures.Sales, figures.Items, new(figures.Gross, currency), new(figures.Discounts, currency), new(figures.Tax, currency),
        new(figures.DeliveryFees, currency), new(figures.Tips, currency), new(figures.Refunded, currency), new(figures.Revenue, currency),
        new(figures.Average, currency), figures.Reversed);
}

/// <param name="Key">The id of a product, a category or a user, the name of a channel, an hour (0 to 23) or a weekday (1, Monday, to 7); null for what has none.</param>
/// <param name="Name">Of the product as it was last sold, or of the category.</param>
/// <param name="Revenue">Of products and categories: what their lines cost, without delivery, tips and what was given back of an order.</param>
internal sealed record AnalyticsPart(string? Key, string? Name, int Sales, decimal Quantity, Money Revenue);
