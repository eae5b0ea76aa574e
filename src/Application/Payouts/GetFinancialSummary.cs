using Mainstreet.Domain;
using Mainstreet.Domain.Payouts;
using MediatR;

namespace Mainstreet.Application.Payouts;

/// <summary>
/// What the business was paid in these days of its calendar, what it gave back, and what the platform took of it (PAY-07). Errors: period_invalid (400).
/// </summary>
/// <param name="From">The first day; null: the first of the month that it is.</param>
/// <param name="To">The last day; null: today.</param>
public sealed record GetFinancialSummary(DateOnly? From, DateOnly? To) : IRequest<FinancialSummary>;

public sealed record FinancialSummary(DateOnly From, DateOnly To, string Timezone, IReadOnlyList<FinancesInCurrency> Currencies);

/// <param name="Net">Gross without refunds and fees.</param>
public sealed record FinancesInCurrency(string Currency, Money Gross, Money Refunds, Money Fees, Money Net, IReadOnlyList<FinancesByMethod> ByMethod);

/// <param name="Source">Where it was paid.</param>
/// <param name="Method">card, cash, wallet, transfer or voucher.</param>
/// <param name="Payments">How many.</param>
public sealed record FinancesByMethod(TransactionKind Source, string Method, long Payments, Money Gross, Money Refunds);

internal sealed class GetFinancialSummaryHandler(IReadStore reads, TimeProvider clock) : IRequestHandler<GetFinancialSummary, FinancialSummary>
{
    private const int MaxDays = 400;

    public async Task<FinancialSummary> Handle(GetFinancialSummary query, CancellationToken cancellationToken)
    {
        var timezone = (await reads.List<string>("select timezone from rm.business_profile", null, cancellationToken)) is [var zone, ..] ? zone : "UTC";
        var today = Timezones.DayOf(clock.GetUtcNow(), timezone);
        var to = query.To ?? today;
        var from = query.From ?? new(to.Year, to.Month, 1);
        Check.That(from <= to && to.DayNumber - from.DayNumber <= MaxDays && to < DateOnly.MaxValue && from > DateOnly.MinValue, PayoutErrors.PeriodInvalid);
        var sums = await reads.List<MovementSum>(
            """
            select amount_currency as currency, kind, source, method, count(*) as count, sum(amount_amount)::bigint as amount
              from rm.money_movements where at >= @from and at < @until group by 1, 2, 3, 4 order by 1, 3, 4, 2
            """,
            new { From = Timezones.StartOf(from, timezone), Until = Timezones.StartOf(to.AddDays(1), timezone) }, cancellationToken);
        return new(from, to, timezone, [.. sums.GroupBy(sum => sum.Currency, StringComparer.Ordinal).Select(OfCurrency)]);
    }

    private static FinancesInCurrency OfCurrency(IGrouping<string, MovementSum> sums)
    {
        var (gross, refunds, fees) = (Sum(sums, MovementKind.Payment), Sum(sums, MovementKind.Refund), Sum(sums, MovementKind.Fee));
        return new(
            sums.Key, gross, refunds, fees, gross - refunds - fees,
            [
                .. sums.Where(sum => sum.Kind != MovementKind.Fee).GroupBy(sum => (sum.Source, sum.Method)).Select(same => new FinancesByMethod(
                    same.Key.Source, same.Key.Method, same.Where(sum => sum.Kind == MovementKind.Payment).Sum(sum => sum.Count), Sum(same, MovementKind.Payment, sums.Key),
                    Sum(same, MovementKind.Refund, sums.Key))),
            ]);
    }

    private static Money Sum(IGrouping<string, MovementSum> sums, MovementKind kind) => Sum(sums, kind, sums.Key);

    private static Money Sum(IEnumerable<MovementSum> sums, MovementKind kind, string currency) => new(sums.Where(sum => sum.Kind == kind).Sum(sum => sum.Amount), currency);

    private sealed record MovementSum(string Currency, MovementKind Kind, TransactionKind Source, string Method, long Count, long Amount);
}
