using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Payouts;

/// <summary>
/// What the platform took of each business, period by period, the newest first (PAY-07). Periods that are not over have no figures yet. Runs in the
/// platform's tenant.
/// </summary>
/// <param name="From">Only periods that ended then or later.</param>
/// <param name="Until">Only those that ended before or then.</param>
public sealed record SummarizePlatformFees(PageRequest Page, TenantId? Business, string? Currency, DateTimeOffset? From, DateTimeOffset? Until) : IRequest<PlatformFees>;

/// <param name="Totals">Of all periods that the filters let through, per currency.</param>
public sealed record PlatformFees(IReadOnlyList<Money> Totals, Page<FeesOfPeriod> Page);

/// <param name="Gross">What the platform's provider collected for it.</param>
public sealed record FeesOfPeriod(
    TenantId BusinessId, string BusinessName, PayoutId PayoutId, DateTimeOffset PeriodFrom, DateTimeOffset PeriodUntil, Money Gross, Money PlatformFees);

internal sealed class SummarizePlatformFeesHandler(IReadStore reads) : IRequestHandler<SummarizePlatformFees, PlatformFees>
{
    private const string Filters = """
        q.status <> 'accruing' and (@business::uuid is null or q.business_id = @business) and (@currency::text is null or q.currency = @currency)
        and (@from::timestamptz is null or q.period_until >= @from) and (@until::timestamptz is null or q.period_until <= @until)
        """;

    public async Task<PlatformFees> Handle(SummarizePlatformFees query, CancellationToken cancellationToken)
    {
        var list = $"platform fees {query.Business} {query.Currency} {query.From:O} {query.Until:O}";
        var after = query.Page.After(list);
        var parameters = new
        {
            query.Business,
            query.Currency,
            query.From,
            query.Until,
            AfterUntil = after?.Time(0),
            AfterId = after?.Id(1),
            query.Page.Rows,
        };
        var rows = await reads.List<FeesOfPeriod>(
            $"""
            select q.*, b.name as business_name from rm.payout_queue q join rm.businesses b on b.business_id = q.business_id
             where {Filters} and (@after_until::timestamptz is null or (q.period_until, q.payout_id) < (@after_until, @after_id))
             order by q.period_until desc, q.payout_id desc limit @rows
            """, parameters, cancellationToken);
        var totals = await reads.List<Total>(
            $"select sum(q.platform_fees_amount)::bigint as amount, q.currency from rm.payout_queue q where {Filters} group by q.currency order by q.currency",
            new { query.Business, query.Currency, query.From, query.Until }, cancellationToken);
        return new([.. totals.Select(total => new Money(total.Amount, total.Currency))], query.Page.Cut(rows, list, row => [row.PeriodUntil, row.PayoutId]));
    }

    private sealed record Total(long Amount, string Currency);
}
