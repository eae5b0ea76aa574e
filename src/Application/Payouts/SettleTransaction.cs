using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Payouts;
using MediatR;

namespace Mainstreet.Application.Payouts;

/// <summary>
/// Brings the platform's fee and what it owes the business for one transaction to what the transaction is by now, and posts the difference (PAY-04). Late,
/// repeated or in another order it ends at the same.
/// </summary>
/// <param name="Charges">It was paid just now: the rate of this moment holds.</param>
[Message("transaction.settle", purpose: Purpose.Erase)]
public sealed record SettleTransaction(TransactionKind Kind, Guid Id, bool Charges) : IRequest<Committed>;

internal sealed class SettleTransactionHandler(IAggregates aggregates, ILane lane, IPlatformFees fees, ITenantContext tenant) : IRequestHandler<SettleTransaction, Committed>
{
    public async Task<Committed> Handle(SettleTransaction command, CancellationToken cancellationToken)
    {
        var source = new TransactionRef(command.Kind, command.Id);
        if (await aggregates.Facts(source, cancellationToken) is not { } facts || !await Matters(facts, command.Charges, cancellationToken))
        {
            return new(0);
        }

        var book = await LedgerStreams.Of(aggregates, tenant, facts.Captured.Currency, cancellationToken);
        return await lane.Run(
            streams => book.Name(streams).OfSource(source).Of<Transaction>(source.Stream),
            (log, now) =>
            {
                var rate = command.Charges ? log.Find<PayoutTerms>(PayoutTerms.Stream)?.Rate ?? fees.Default : null;
                var events = Transaction.Settle(log.Find<Transaction>(source.Stream), log.Facts(facts), rate, now);
                log.Append<Transaction, TransactionEvent>(source.Stream, events);
                var ledger = new LedgerBook(log, book);
                foreach (var e in events)
                {
                    ledger.Enter(e, now);
                }

                return new Committed(log.Version(source.Stream));
            },
            cancellationToken);
    }

    /// <summary>Most businesses have their money themselves, and many pay nothing: then the lane is left alone.</summary>
    private async Task<bool> Matters(TransactionFacts facts, bool charges, CancellationToken cancellationToken) =>
        facts.Held
        || await aggregates.Find<Transaction, TransactionEvent>(facts.Source.Stream, cancellationToken) is not null
        || (charges && ((await aggregates.Find<PayoutTerms, PayoutTermsEvent>(PayoutTerms.Stream, cancellationToken))?.State.Rate ?? fees.Default) != FeeRate.None);
}
