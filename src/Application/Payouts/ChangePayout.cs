using Mainstreet.Domain;
using Mainstreet.Domain.Payouts;
using MediatR;

namespace Mainstreet.Application.Payouts;

/// <summary>It may be processed (PAY-06). Errors of all of these: not_found (404), illegal_transition (409), stale_version (412).</summary>
public sealed record ApprovePayout(PayoutId PayoutId, int? ExpectedVersion) : IRequest<Committed>;

/// <summary>It is not processed until it is released. Errors: also reason_invalid (400).</summary>
public sealed record HoldPayout(PayoutId PayoutId, string Reason, int? ExpectedVersion) : IRequest<Committed>;

public sealed record ReleasePayout(PayoutId PayoutId, int? ExpectedVersion) : IRequest<Committed>;

/// <summary>The money came back. Errors: also reason_invalid (400).</summary>
public sealed record ReversePayout(PayoutId PayoutId, string Reason, int? ExpectedVersion) : IRequest<Committed>;

/// <summary>More is paid, or less. Errors: also adjustment_invalid, reason_invalid (400), adjustment_exceeds_net (422).</summary>
public sealed record AdjustPayout(PayoutId PayoutId, Money Amount, string Reason, int? ExpectedVersion) : IRequest<Committed>;

internal sealed class ChangePayoutHandler(IAggregates aggregates, ILane lane, ITenantContext tenant) :
    IRequestHandler<ApprovePayout, Committed>, IRequestHandler<HoldPayout, Committed>, IRequestHandler<ReleasePayout, Committed>,
    IRequestHandler<ReversePayout, Committed>, IRequestHandler<AdjustPayout, Committed>
{
    public Task<Committed> Handle(ApprovePayout command, CancellationToken cancellationToken) =>
        lane.Step(aggregates, tenant, command.PayoutId, command.ExpectedVersion, (payout, _, now) => payout.Approve(now), cancellationToken);

    public Task<Committed> Handle(HoldPayout command, CancellationToken cancellationToken) =>
        lane.Step(aggregates, tenant, command.PayoutId, command.ExpectedVersion, (payout, _, now) => payout.Hold(command.Reason, now), cancellationToken);

    public Task<Committed> Handle(ReleasePayout command, CancellationToken cancellationToken) =>
        lane.Step(aggregates, tenant, command.PayoutId, command.ExpectedVersion, (payout, _, now) => payout.Release(now), cancellationToken);

    public Task<Committed> Handle(ReversePayout command, CancellationToken cancellationToken) =>
        lane.Step(aggregates, tenant, command.PayoutId, command.ExpectedVersion, (payout, _, now) => payout.Reverse(command.Reason, now), cancellationToken);

    public Task<Committed> Handle(AdjustPayout command, CancellationToken cancellationToken) =>
        lane.Step(aggregates, tenant, command.PayoutId, command.ExpectedVersion, (payout, _, now) => payout.Adjust(command.Amount, command.Reason, now), cancellationToken);
}
