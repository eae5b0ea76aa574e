using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Storefronts;
using MediatR;

namespace Mainstreet.Application.Storefronts;

/// <summary>The present business's storefront as everybody sees it (WL-05, WL-06).</summary>
public sealed record GetPublicStorefront : IRequest<PublicStorefront>;

/// <param name="DeliveryFee">What a delivery costs; null where none is offered.</param>
public sealed record PublicStorefront(
    string Name, string Currency, string Timezone, string Locale, bool PricesIncludeTax, StorefrontSettings Settings, Money? DeliveryFee, bool OpenNow);

internal sealed class GetPublicStorefrontHandler(IReadStore reads, TimeProvider clock) : IRequestHandler<GetPublicStorefront, PublicStorefront>
{
    public async Task<PublicStorefront> Handle(GetPublicStorefront query, CancellationToken cancellationToken)
    {
        var row = await reads.Find<Row>(
            """
            select p.name, p.settings, s.branding, s.opening_hours, s.delivery, s.minimum_order_amount, s.minimum_order_currency
              from rm.storefront s cross join rm.business_profile p where s.published
            """,
            null, cancellationToken) ?? throw new DomainException(DomainError.NotFound("storefront"));
        return new(
            row.Name, row.Settings.Currency, row.Settings.Timezone, row.Settings.Locale, row.Settings.PricesIncludeTax,
            new(row.Branding, row.OpeningHours, row.Delivery, row.MinimumOrder),
            row.Delivery is { } delivery ? delivery.Fee ?? row.Settings.DeliveryFee : null,
            row.OpeningHours.IsOpenAt(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(row.Settings.Timezone)));
    }

    private sealed record Row(
        string Name, BusinessSettings Settings, Branding Branding, OpeningHours OpeningHours, DeliveryTerms? Delivery, Money? MinimumOrder);
}
