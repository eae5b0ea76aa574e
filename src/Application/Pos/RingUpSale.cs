using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Pos;
using MediatR;

namespace Mainstreet.Application.Pos;

/// <summary>
/// A sale at a till in one call (POS-01, POS-07): number, prices, stock, payments and the session's books are one commit. Errors: not_found (404) for
/// the session and the customer, session_closed, already_exists (409), override_not_allowed (403), reason_required, validation_failed (400);
/// not_available, out_of_stock, price_changed, payment_incomplete, overpaid, reference_required, discount_exceeds_price, amount_out_of_range,
/// invalid_quantity, tax_rate_invalid and currency_mismatch (422).
/// </summary>
/// <param name="MayOverride">Whoever rings up may sell at other prices than the catalogue's.</param>
public sealed record RingUpSale(TillSale Sale, bool MayOverride) : IRequest<SaleReceipt>;

/// <summary>The sale as it stands after a step.</summary>
public sealed record SaleReceipt(
    SaleId SaleId, string Number, SaleStatus Status, Money Total, Money Due, Money Change, int Version) : Committed(Version)
{
    internal static SaleReceipt Of(Sale sale, int version) => new(
        sale.Id, sale.Number, sale.Status, sale.Total, sale.Due,
        sale.Payments.Aggregate(Money.Zero(sale.Total.Currency), (sum, payment) => sum + (payment.Change ?? Money.Zero(sale.Total.Currency))), version);
}

internal sealed class RingUpSaleHandler(ILane lane, IReadStore reads, ITenantContext tenant) : IRequestHandler<RingUpSale, SaleReceipt>
{
    public async Task<SaleReceipt> Handle(RingUpSale command, CancellationToken cancellationToken)
    {
        command.Sale.CheckShape();
        var id = command.Sale.ClientId is { } name ? SaleId.Of(name) : new(Uuid.New());
        var facts = await TillFacts.Of(reads, [command.Sale], cancellationToken);
        return await lane.Run(
            streams => facts.AddTo(streams, tenant.Tenant).Of<Sale>(id.Value),
            (log, now) =>
            {
                if (log.Find<Sale>(id.Value) is { } known)
                {
                    throw new DomainException(TillErrors.AlreadyRungUp(known));
                }

                var settings = log.Get<BusinessProfile>(tenant.Tenant.Value).Settings;
                var sale = new TillDecision(log, facts, settings, command.MayOverride, now).RingUp(id, command.Sale, offline: null);
                return SaleReceipt.Of(sale, log.Version(id.Value));
            },
            cancellationToken);
    }
}
