using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Payouts;
using MediatR;

namespace Mainstreet.Application.Payouts;

/// <summary>
/// Has the provider transfer the money of a payout. Under a key that follows from payout and attempt, so what was killed behind the call is met and not
/// repeated. Of an attempt that is over already it does nothing.
/// </summary>
[Message("payout.transfer", Queues.Payments, Purpose.Erase)]
public sealed record TransferPayout(PayoutId PayoutId, int Attempt) : IRequest<Committed>
{
    /// <summary>The provider whose transfers people make.</summary>
    public const string ByHand = "manual";
}

/// <summary>
/// What became of a transfer by hand, or of one whose provider is configured no more and tells nobody. Errors: not_found (404), payout_not_by_hand, illegal_transition (409), stale_version (412), reference_invalid,
/// reason_invalid (400).
/// </summary>
/// <param name="Reference">What the bank calls it; null: it failed.</param>
/// <param name="FailureReason">Why; null: it was made.</param>
public sealed record RecordTransfer(PayoutId PayoutId, string? Reference, string? FailureReason, int? ExpectedVersion) : IRequest<Committed>;

internal sealed class TransferPayoutHandler(IAggregates aggregates, ILane lane, IPayoutProviders providers, ITenantContext tenant) :
    IRequestHandler<TransferPayout, Committed>, IRequestHandler<RecordTransfer, Committed>
{
    public async Task<Committed> Handle(TransferPayout command, CancellationToken cancellationToken)
    {
        var (id, attempt) = (command.PayoutId, command.Attempt);
        if (await aggregates.Find<Payout, PayoutEvent>(id.Value, cancellationToken) is not { State: { Status: PayoutStatus.Processing } payout, Version: var version }
            || payout.Attempts != attempt)
        {
            return new(0);
        }

        var report = await providers.Named(payout.Provider!).Transfer(new(id, payout.Net, payout.Destination, $"{id}/{attempt}"), cancellationToken);
        return report switch
        {
            TransferReport.Made made => await lane.Step(aggregates, tenant, id, null, (known, _, now) => known.Pay(attempt, made.Reference, now), cancellationToken),
            TransferReport.Refused refused => await lane.Step(aggregates, tenant, id, null, (known, _, now) => known.Fail(attempt, refused.Reason, now), cancellationToken),
            _ => new(version),
        };
    }

    public Task<Committed> Handle(RecordTransfer command, CancellationToken cancellationToken) => lane.Step(
        aggregates, tenant, command.PayoutId, command.ExpectedVersion, (payout, _, now) => payout.Record(Asks(payout.Provider), command.Reference, command.FailureReason, now), cancellationToken);

    /// <summary>Whether a provider says what becomes of its transfers.</summary>
    private bool Asks(string? provider) => provider is not (null or TransferPayout.ByHand) && providers.Knows(provider);
}
