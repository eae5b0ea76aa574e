using Mainstreet.Domain;
using Mainstreet.Domain.Payouts;
using MediatR;

namespace Mainstreet.Application.Payouts;

/// <summary>The business's payouts, the newest period first (PAY-05).</summary>
public sealed record ListPayouts(PageRequest Page, PayoutStatus? Status) : IRequest<Page<PayoutView>>;

/// <summary>Errors: not_found (404).</summary>
public sealed record GetPayout(PayoutId PayoutId) : IRequest<PayoutView>;

/// <summary>
/// Every line of a payout, with what it begins and ends with: they add up, always. Errors: not_found (404), projection_lagging (503) where its last lines
/// are not read yet.
/// </summary>
public sealed record GetPayoutStatement(PayoutId PayoutId) : IRequest<PayoutStatement>;

/// <param name="Closing">What is to be paid, or what is carried over where that is less than nothing. Of a period that is not over: what it is by now.</param>
public sealed record PayoutStatement(PayoutView Payout, Money Opening, IReadOnlyList<LedgerEntryView> Lines, Money Closing);

internal sealed class ListPayoutsHandler(IReadStore reads) :
    IRequestHandler<ListPayouts, Page<PayoutView>>, IRequestHandler<GetPayout, PayoutView>, IRequestHandler<GetPayoutStatement, PayoutStatement>
{
    public async Task<Page<PayoutView>> Handle(ListPayouts query, CancellationToken cancellationToken)
    {
        var list = $"payouts {query.Status}";
        var after = query.Page.After(list);
        var rows = await reads.List<PayoutView>(
            $"""
            select * from rm.payouts where (@status::text is null or status = @status)
               {(after is null ? "" : "and (period_until, payout_id) < (@period_until, @payout_id)")}
             order by period_until desc, payout_id desc limit @rows
            """,
            new { query.Status, query.Page.Rows, PeriodUntil = after?.Time(0), PayoutId = after?.Id(1) }, cancellationToken);
        return query.Page.Cut(rows, list, payout => [payout.PeriodUntil, payout.PayoutId]);
    }

    public async Task<PayoutView> Handle(GetPayout query, CancellationToken cancellationToken) =>
        await reads.Find<PayoutView>("select * from rm.payouts where payout_id = @payout_id", new { query.PayoutId }, cancellationToken)
        ?? throw new DomainException(PayoutErrors.NotFound);

    public async Task<PayoutStatement> Handle(GetPayoutStatement query, CancellationToken cancellationToken)
    {
        var payout = await Handle(new GetPayout(query.PayoutId), cancellationToken);
        var lines = await reads.List<LedgerEntryView>("select * from rm.ledger_entries where payout_id = @payout_id order by number", new { query.PayoutId }, cancellationToken);
        var closing = lines.Aggregate(payout.Opening, (sum, line) => sum + line.Amount);
        if (payout.CalculatedAt is not null && closing != payout.Net + payout.CarriedOver)
        {
            throw new UnavailableException("projection_lagging", "The last lines of the statement are not read yet.", TimeSpan.FromSeconds(1));
        }

        return new(payout, payout.Opening, lines, closing);
    }
}
