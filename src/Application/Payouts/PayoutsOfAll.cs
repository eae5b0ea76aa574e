using Mainstreet.Domain;
using Mainstreet.Domain.Payouts;
using MediatR;

namespace Mainstreet.Application.Payouts;

/// <summary>The payouts of all businesses, the newest period first, for operators (PAY-06). Runs in the platform's tenant.</summary>
/// <param name="Status">Only those that stand so.</param>
/// <param name="Business">Only those of it.</param>
/// <param name="Until">Only those whose period was over by then.</param>
public sealed record ListPayoutQueue(PageRequest Page, PayoutStatus? Status, TenantId? Business, string? Currency, DateTimeOffset? Until) : IRequest<Page<PayoutOfBusiness>>;

/// <param name="BusinessName">That it was registered with.</param>
public sealed record PayoutOfBusiness(
    PayoutId PayoutId, TenantId BusinessId, string BusinessName, PayeeType PayeeType, Guid PayeeId, int Number, string Currency, DateTimeOffset PeriodFrom,
    DateTimeOffset PeriodUntil, PayoutStatus Status, Money Gross, Money Refunds, Money PlatformFees, Money Adjustments, Money Net);

/// <summary>One of them, as it stands in its business. Runs in the platform's tenant. Errors: not_found (404).</summary>
public sealed record GetPayoutOfBusiness(PayoutId PayoutId) : IRequest<PayoutInBusiness>;

public sealed record PayoutInBusiness(TenantId BusinessId, PayoutView Payout);

/// <summary>An operator takes a step of a payout, where it is. Runs in the platform's tenant. Errors: not_found (404), and those of the step.</summary>
public sealed record StepPayout(PayoutId PayoutId, IRequest<Committed> Step) : IRequest<PayoutStepped>;

/// <summary>Not a commit of the platform, where the request comes in.</summary>
public sealed record PayoutStepped(Committed There);

internal sealed class PayoutsOfAllHandler(IReadStore reads, ITenantScopes scopes) :
    IRequestHandler<ListPayoutQueue, Page<PayoutOfBusiness>>, IRequestHandler<GetPayoutOfBusiness, PayoutInBusiness>, IRequestHandler<StepPayout, PayoutStepped>
{
    public async Task<Page<PayoutOfBusiness>> Handle(ListPayoutQueue query, CancellationToken cancellationToken)
    {
        var list = $"payout queue {query.Status} {query.Business} {query.Currency} {query.Until:O}";
        var after = query.Page.After(list);
        var rows = await reads.List<PayoutOfBusiness>(
            """
            select q.*, b.name as business_name from rm.payout_queue q join rm.businesses b on b.business_id = q.business_id
             where (@status::text is null or q.status = @status) and (@business::uuid is null or q.business_id = @business)
               and (@currency::text is null or q.currency = @currency) and (@until::timestamptz is null or q.period_until <= @until)
               and (@after_until::timestamptz is null or (q.period_until, q.payout_id) < (@after_until, @after_id))
             order by q.period_until desc, q.payout_id desc limit @rows
            """,
            new { query.Status, query.Business, query.Currency, query.Until, AfterUntil = after?.Time(0), AfterId = after?.Id(1), query.Page.Rows }, cancellationToken);
        return query.Page.Cut(rows, list, payout => [payout.PeriodUntil, payout.PayoutId]);
    }

    public async Task<PayoutInBusiness> Handle(GetPayoutOfBusiness query, CancellationToken cancellationToken)
    {
        var business = await BusinessOf(query.PayoutId, cancellationToken);
        return new(business, await scopes.Send(business, new GetPayout(query.PayoutId), cancellationToken));
    }

    public async Task<PayoutStepped> Handle(StepPayout command, CancellationToken cancellationToken) =>
        new(await scopes.Send(await BusinessOf(command.PayoutId, cancellationToken), command.Step, cancellationToken));

    private async Task<TenantId> BusinessOf(PayoutId id, CancellationToken cancellationToken) =>
        (await reads.Find<QueuedPayout>("select * from rm.payout_queue where payout_id = @id", new { id }, cancellationToken) ?? throw new DomainException(PayoutErrors.NotFound))
        .BusinessId;
}
