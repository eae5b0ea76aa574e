using Mainstreet.Domain;
using Mainstreet.Domain.Payouts;
using MediatR;

namespace Mainstreet.Application.Payouts;

/// <summary>
/// The money is transferred (PAY-06). A second time it does nothing: of many who ask at once one begins the transfer, and the transfer itself has a key of its
/// own at the provider. Errors: not_found (404), illegal_transition (409), stale_version (412).
/// </summary>
public sealed record ProcessPayout(PayoutId PayoutId, int? ExpectedVersion) : IRequest<Committed>;

/// <summary>As <see cref="ProcessPayout"/>, after a transfer that failed: a new one, under a new key.</summary>
public sealed record RetryPayout(PayoutId PayoutId, int? ExpectedVersion) : IRequest<Committed>;

internal sealed class ProcessPayoutHandler(IAggregates aggregates, ILane lane, IPayoutProviders providers, ITenantContext tenant) :
    IRequestHandler<ProcessPayout, Committed>, IRequestHandler<RetryPayout, Committed>
{
    public Task<Committed> Handle(ProcessPayout command, CancellationToken cancellationToken) => lane.Step(
        aggregates, tenant, command.PayoutId, command.ExpectedVersion, (payout, terms, now) => payout.Process(providers.Present.Name, terms.Destination, now), cancellationToken);

    public Task<Committed> Handle(RetryPayout command, CancellationToken cancellationToken) => lane.Step(
        aggregates, tenant, command.PayoutId, command.ExpectedVersion, (payout, terms, now) => payout.Retry(providers.Present.Name, terms.Destination, now), cancellationToken);
}
