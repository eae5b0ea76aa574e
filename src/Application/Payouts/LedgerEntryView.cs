using Mainstreet.Domain;
using Mainstreet.Domain.Payouts;

namespace Mainstreet.Application.Payouts;

/// <summary>One entry of the platform's book on the business (PAY-05). Its lines add up to nothing.</summary>
/// <param name="Amount">What the business is owed more by it, or less.</param>
/// <param name="PayoutId">On whose statement it stands; null: on none, it only moves what stands on one already.</param>
public sealed record LedgerEntryView(
    [property: Key] string Currency, [property: Key] long Number, LedgerEntryKind Kind, Money Amount, LedgerLine[] Lines, TransactionKind? Source, Guid? SourceId,
    PayoutId? PayoutId, string? Note, DateTimeOffset At);

internal sealed class LedgerEntries : Projection<LedgerEntryView>
{
    public LedgerEntries() : base("ledger_entries", version: 1)
    {
        On<LedgerPosted>(
            e => new(e.Amount.Currency, e.Number, e.Kind, e.Amount, e.Lines, e.Transaction?.Kind, e.Transaction?.Id, e.PayoutId, e.Note, e.At),
            (entry, _) => entry);
        Index("payout_id", "number");
    }
}
