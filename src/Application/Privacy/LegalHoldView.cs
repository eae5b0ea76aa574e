using Mainstreet.Domain;
using Mainstreet.Domain.Privacy;

namespace Mainstreet.Application.Privacy;

/// <summary>What stands against erasing a customer, until it is lifted; its time may have come.</summary>
/// <param name="HoldId">The stream's.</param>
/// <param name="Until">Null: until it is lifted.</param>
/// <param name="By">Who placed it.</param>
public sealed record LegalHoldView([property: Key] Guid HoldId, int Version, CustomerId CustomerId, [property: NotShown] string Reason, DateTimeOffset? Until, Actor By, DateTimeOffset PlacedAt);

internal sealed class LegalHoldsProjection : Projection<LegalHoldView>
{
    public LegalHoldsProjection() : base("legal_holds", version: 1, inline: true)
    {
        On<LegalHoldPlaced>(
            e => Empty(e.CustomerId),
            (_, e, context) => new(context.StreamId, context.Version, e.CustomerId, e.Reason, e.Until, context.Actor, e.At));
        On<LegalHoldLifted>(e => Empty(e.CustomerId), (_, _) => null);
    }

    private static LegalHoldView Empty(CustomerId customer) => new(LegalHold.StreamOf(customer), 0, customer, "", null, Actor.System, default);
}
