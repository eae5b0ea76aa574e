using Mainstreet.Application.Customers;
using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Privacy;
using MediatR;

namespace Mainstreet.Application.Privacy;

/// <summary>
/// Nobody erases the customer until this is lifted or over (SEC-04); in the place of what stands already. Errors: reason_invalid, until_invalid (400); not_found (404);
/// customer_erased (409); customer_merged (410); stale_version (412).
/// </summary>
/// <param name="Until">Null: until it is lifted.</param>
public sealed record HoldCustomer(CustomerId CustomerId, string Reason, DateTimeOffset? Until, int? ExpectedVersion) : IRequest<Committed>
{
    /// <summary>Without the reason, because requests end up in logs.</summary>
    public override string ToString() => $"{nameof(HoldCustomer)} {CustomerId}";
}

/// <summary>Nothing stands against an erasure any more; where nothing did, nothing happens. Errors: not_found (404); customer_merged (410); stale_version (412).</summary>
public sealed record LiftLegalHold(CustomerId CustomerId, int? ExpectedVersion) : IRequest<Committed>;

/// <summary>What stands against erasing a customer. Errors: not_found (404); customer_merged (410).</summary>
public sealed record GetLegalHold(CustomerId CustomerId) : IRequest<KnownHold>;

/// <param name="Hold">Null: there is none, or it was lifted.</param>
/// <param name="Stands">False: there is none, or its time has come.</param>
public sealed record KnownHold(LegalHoldView? Hold, bool Stands);

internal sealed class LegalHoldHandler(ILane lane, IReadStore reads, TimeProvider clock) :
    IRequestHandler<HoldCustomer, Committed>, IRequestHandler<LiftLegalHold, Committed>, IRequestHandler<GetLegalHold, KnownHold>
{
    public async Task<Committed> Handle(HoldCustomer command, CancellationToken cancellationToken)
    {
        var lastBought = await reads.RequireCustomer(command.CustomerId, cancellationToken);
        return await Change(
            command.CustomerId, command.ExpectedVersion, lastBought,
            (hold, now) => LegalHold.Place(hold, command.CustomerId, command.Reason, command.Until, now), cancellationToken);
    }

    public async Task<Committed> Handle(LiftLegalHold command, CancellationToken cancellationToken)
    {
        await reads.RequireCustomer(command.CustomerId, cancellationToken);
        return await Change(command.CustomerId, command.ExpectedVersion, DateTimeOffset.MaxValue, (hold, now) => hold?.Lift(now) ?? [], cancellationToken);
    }

    public async Task<KnownHold> Handle(GetLegalHold query, CancellationToken cancellationToken)
    {
        await reads.RequireCustomer(query.CustomerId, cancellationToken);
        var hold = await reads.Find<LegalHoldView>(
            "select * from rm.legal_holds where hold_id = @id", new { Id = LegalHold.StreamOf(query.CustomerId) }, cancellationToken);
        return new(hold, hold is not null && !(hold.Until <= clock.GetUtcNow()));
    }

    private Task<Committed> Change(
        CustomerId customer, int? expectedVersion, DateTimeOffset? lastBought, Func<LegalHold?, DateTimeOffset, LegalHoldEvent[]> decide, CancellationToken cancellationToken)
    {
        var id = LegalHold.StreamOf(customer);
        return lane.Run(
            streams => streams.Of<LegalHold>(id).OfRecord(customer),
            (log, now) =>
            {
                log.Expect(id, expectedVersion);
                var changes = decide(log.Find<LegalHold>(id), now);
                log.RefuseUnwritable(customer, lastBought, changes);
                log.Append<LegalHold, LegalHoldEvent>(id, changes);
                return new Committed(log.Version(id));
            },
            cancellationToken);
    }
}
