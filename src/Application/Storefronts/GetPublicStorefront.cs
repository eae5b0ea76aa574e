using Mainstreet.Application.Flags;
using Mainstreet.Application.Infrastructures;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Flags;
using Mainstreet.Domain.Storefronts;
using MediatR;

namespace Mainstreet.Application.Storefronts;

/// <summary>The present business's storefront as everybody sees it (WL-05, WL-06).</summary>
public sealed record GetPublicStorefront : IRequest<PublicStorefront>;

/// <param name="PoweredBy">The platform; null where its business does not name it.</param>
/// <param name="DeliveryFee">What a delivery costs; null where none is offered.</param>
public sealed record PublicStorefront(
    string Name, string Currency, string Timezone, string Locale, bool PricesIncludeTax, StorefrontSettings Settings, Money? DeliveryFee, bool OpenNow,
    string? PoweredBy);

internal sealed class GetPublicStorefrontHandler(IReadStore reads, IFeatures features, ITenantContext context, TimeProvider clock) : IRequestHandler<GetPublicStorefront, PublicStorefront>
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
            new(row.Branding with { HidePlatform = null }, row.OpeningHours, row.Delivery, row.MinimumOrder),
            row.Delivery is { } delivery ? delivery.Fee ?? row.Settings.DeliveryFee : null,
            row.OpeningHours.IsOpenAt(clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(row.Settings.Timezone)),
            await Hides(row.Branding, cancellationToken) ? null : InfrastructureView.Default.Name);
    }

    /// <summary>It is what the business wants, as long as its plan has it.</summary>
    private async ValueTask<bool> Hides(Branding branding, CancellationToken cancellationToken) => branding.HidePlatform is true
        && await features.Has(context.Tenant, PlanFeature.HidePlatformBranding, subject: null, cancellationToken);

    private sealed record Row(
        string Name, BusinessSettings Settings, Branding Branding, OpeningHours OpeningHours, DeliveryTerms? Delivery, Money? MinimumOrder);
}
