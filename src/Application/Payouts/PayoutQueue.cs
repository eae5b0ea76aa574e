using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Payouts;
using MediatR;

namespace Mainstreet.Application.Payouts;

/// <summary>How the payouts of all businesses stand, in the platform's log (PAY-06).</summary>
public sealed record QueuedPayout(
    [property: Key] PayoutId PayoutId, TenantId BusinessId, PayeeType PayeeType, Guid PayeeId, int Number, string Currency, DateTimeOffset PeriodFrom, DateTimeOffset PeriodUntil,
    PayoutStatus Status, Money Gross, Money Refunds, Money PlatformFees, Money Adjustments, Money Net, int KnownVersion, DateTimeOffset NotedAt);

internal sealed class PayoutQueueProjection : Projection<QueuedPayout>
{
    public PayoutQueueProjection() : base("payout_queue", version: 1, inline: true)
    {
        On<PayoutNoted>(
            e => Row(e.Summary, e.At),
            (_, e) => Row(e.Summary, e.At));
        Index("period_until desc", "payout_id desc");
        Index("status", "period_until desc", "payout_id desc");
        Index("business_id", "period_until desc", "payout_id desc");
    }

    private static QueuedPayout Row(PayoutSummary payout, DateTimeOffset at) => new(
        payout.PayoutId, payout.BusinessId, payout.PayeeType, payout.PayeeId, payout.Number, payout.Net.Currency, payout.PeriodFrom, payout.PeriodUntil, payout.Status, payout.Gross,
        payout.Refunds, payout.PlatformFees, payout.Adjustments, payout.Net, payout.Version, at);
}

/// <summary>Every step of a payout is told to the platform, which lists those of all businesses.</summary>
internal sealed class PayoutQueue : Policy
{
    public PayoutQueue() : base("payout_queue")
    {
        On<PayoutOpened>(e => Tell(e.PayoutId, e.At));
        On<PayoutCalculated>(e => Tell(e.PayoutId, e.At));
        On<PayoutApproved>(e => Tell(e.PayoutId, e.At));
        On<PayoutHeld>(e => Tell(e.PayoutId, e.At));
        On<PayoutHoldReleased>(e => Tell(e.PayoutId, e.At));
        On<PayoutProcessingStarted>(e => Tell(e.PayoutId, e.At));
        On<PayoutPaid>(e => Tell(e.PayoutId, e.At));
        On<PayoutFailed>(e => Tell(e.PayoutId, e.At));
        On<PayoutReversed>(e => Tell(e.PayoutId, e.At));
        On<PayoutAdjusted>(e => Tell(e.PayoutId, e.At));
    }

    private static ScheduledCommand Tell(PayoutId payout, DateTimeOffset at) => Schedule(new TellPayout(payout), at);
}

/// <summary>Runs in the business, and tells the platform how the payout stands now.</summary>
[Message("payout.tell", purpose: Purpose.Erase)]
internal sealed record TellPayout(PayoutId PayoutId) : IRequest<Committed>;

/// <summary>Runs in the platform's tenant. Older news than what is known is none.</summary>
internal sealed record NotePayout(PayoutSummary Payout) : IRequest<Committed>;

internal sealed class PayoutQueueHandler(IReadStore reads, ITenantScopes scopes, ILane lane, ITenantContext tenant) :
    IRequestHandler<TellPayout, Committed>, IRequestHandler<NotePayout, Committed>
{
    public async Task<Committed> Handle(TellPayout command, CancellationToken cancellationToken)
    {
        if (await reads.Find<PayoutView>("select * from rm.payouts where payout_id = @payout_id", new { command.PayoutId }, cancellationToken) is { } payout)
        {
            await scopes.Send(
                TenantId.Platform,
                new NotePayout(new(
                    payout.PayoutId, tenant.Tenant, payout.PayeeType, payout.PayeeId, payout.Number, payout.PeriodFrom, payout.PeriodUntil, payout.Status, payout.Gross, payout.Refunds,
                    payout.PlatformFees, payout.Adjustments, payout.Net, payout.Version)),
                cancellationToken);
        }

        return new(0);
    }

    public Task<Committed> Handle(NotePayout command, CancellationToken cancellationToken)
    {
        var id = RecordOf(command.Payout.PayoutId);
        return lane.Change<PayoutRecord, PayoutRecordEvent>(id, expectedVersion: null, (known, now) => PayoutRecord.Note(known, command.Payout, now), cancellationToken);
    }

    private static Guid RecordOf(PayoutId payout) => payout.Value;
}
