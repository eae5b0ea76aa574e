using Mainstreet.Application.Businesses;
using Mainstreet.Domain;
using Mainstreet.Domain.Payouts;
using MediatR;

namespace Mainstreet.Application.Payouts;

/// <summary>What was agreed with the business, and what follows from it.</summary>
/// <param name="Rate">That holds now: the business's own, or the platform's.</param>
/// <param name="Version">0: nothing was agreed.</param>
public sealed record AgreedTerms(PayoutTerms Terms, FeeRate Rate, int Version);

/// <summary>In the business.</summary>
public sealed record GetPayoutTerms : IRequest<AgreedTerms>;

/// <summary>In the business. Errors: fee_rate_invalid, destination_invalid (400), stale_version (412).</summary>
internal sealed record ChangePayoutTerms(PayoutTerms Terms, int? ExpectedVersion) : IRequest<Committed>;

/// <summary>For operators: runs in the platform's tenant. Errors: not_found (404).</summary>
public sealed record GetPayoutTermsOf(TenantId Business) : IRequest<AgreedTerms>;

/// <summary>
/// Operators agree with a business on its fee, on when it is paid, and whether somebody has to approve it (PAY-04, PAY-05). A rate holds for what is paid from
/// now on, a schedule from the next period on. Runs in the platform's tenant. Errors: not_found (404), and those of <see cref="ChangePayoutTerms"/>.
/// </summary>
public sealed record ChangePayoutTermsOf(TenantId Business, PayoutTerms Terms, int? ExpectedVersion) : IRequest<PayoutStepped>;

internal sealed class PayoutTermsHandler(IAggregates aggregates, ILane lane, IPlatformFees fees) :
    IRequestHandler<GetPayoutTerms, AgreedTerms>, IRequestHandler<ChangePayoutTerms, Committed>
{
    public async Task<AgreedTerms> Handle(GetPayoutTerms query, CancellationToken cancellationToken)
    {
        var known = await aggregates.Find<PayoutTerms, PayoutTermsEvent>(PayoutTerms.Stream, cancellationToken);
        var terms = known?.State ?? PayoutTerms.Default;
        return new(terms, terms.Rate ?? fees.Default, known?.Version ?? 0);
    }

    public Task<Committed> Handle(ChangePayoutTerms command, CancellationToken cancellationToken) => lane.Change<PayoutTerms, PayoutTermsEvent>(
        PayoutTerms.Stream, command.ExpectedVersion, (known, now) => (known ?? PayoutTerms.Default).Change(command.Terms, now), cancellationToken);
}

internal sealed class PayoutTermsOfHandler(IMediator mediator, ITenantScopes scopes) :
    IRequestHandler<GetPayoutTermsOf, AgreedTerms>, IRequestHandler<ChangePayoutTermsOf, PayoutStepped>
{
    public async Task<AgreedTerms> Handle(GetPayoutTermsOf query, CancellationToken cancellationToken)
    {
        await mediator.Send(new GetBusinessRecord(query.Business), cancellationToken);
        return await scopes.Send(query.Business, new GetPayoutTerms(), cancellationToken);
    }

    public async Task<PayoutStepped> Handle(ChangePayoutTermsOf command, CancellationToken cancellationToken)
    {
        await mediator.Send(new GetBusinessRecord(command.Business), cancellationToken);
        return new(await scopes.Send(command.Business, new ChangePayoutTerms(command.Terms, command.ExpectedVersion), cancellationToken));
    }
}
