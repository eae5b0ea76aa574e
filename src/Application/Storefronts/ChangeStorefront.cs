using Mainstreet.Application.Flags;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Flags;
using Mainstreet.Domain.Storefronts;
using MediatR;

namespace Mainstreet.Application.Storefronts;

/// <summary>
/// What the storefront shows and whom it serves (WL-01, WL-02, WL-06); a member that is null stays as it is. Errors:
/// hide_platform_branding_not_in_plan (403); storefront_not_ready (422) when a published one would lose what it needs, stale_version (412), 400 for what is malformed.
/// </summary>
public sealed record ChangeStorefront(
    Branding? Branding = null,
    OpeningHours? OpeningHours = null,
    Change<DeliveryTerms>? Delivery = null,
    Change<Money?>? MinimumOrder = null,
    int? ExpectedVersion = null) : IRequest<Committed>;

internal sealed class ChangeStorefrontHandler(ILane lane, IFeatures features, ITenantContext context) : IRequestHandler<ChangeStorefront, Committed>
{
    public async Task<Committed> Handle(ChangeStorefront command, CancellationToken cancellationToken)
    {
        var business = context.Tenant.Value;
        if (command.Branding?.HidePlatform is true)
        {
            await features.Require(context.Tenant, PlanFeature.HidePlatformBranding, context.Actor, cancellationToken);
        }

        var id = Storefront.StreamOf(context.Tenant);
        return await lane.Run(
            streams => streams.Of<Storefront>(id).Of<BusinessProfile>(business),
            (log, now) =>
            {
                var storefront = log.Get<Storefront>(id);
                log.Expect(id, command.ExpectedVersion);
                log.Append<Storefront, StorefrontEvent>(
                    id, storefront.Update(ApplyTo(storefront.Settings, command), log.Get<BusinessProfile>(business).Settings.Currency, now));
                return new Committed(log.Version(id));
            },
            cancellationToken);
    }

    private static StorefrontSettings ApplyTo(StorefrontSettings settings, ChangeStorefront command) => new(
        command.Branding ?? settings.Branding,
        command.OpeningHours ?? settings.OpeningHours,
        command.Delivery is { } delivery ? delivery.To : settings.Delivery,
        command.MinimumOrder is { } minimum ? minimum.To : settings.MinimumOrder);
}
