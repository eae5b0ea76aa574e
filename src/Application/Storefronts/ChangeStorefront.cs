using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Storefronts;
using MediatR;

namespace Mainstreet.Application.Storefronts;

/// <summary>
/// What the storefront shows and whom it serves (WL-01, WL-02, WL-06); a member that is null stays as it is. Errors:
/// storefront_not_ready (422) when a published one would lose what it needs, stale_version (412), 400 for what is malformed.
/// </summary>
public sealed record ChangeStorefront(
    Branding? Branding = null,
    OpeningHours? OpeningHours = null,
    Change<DeliveryTerms>? Delivery = null,
    Change<Money?>? MinimumOrder = null,
    int? ExpectedVersion = null) : IRequest<Committed>;

internal sealed class ChangeStorefrontHandler(ILane lane, ITenantContext context) : IRequestHandler<ChangeStorefront, Committed>
{
    public Task<Committed> Handle(ChangeStorefront command, CancellationToken cancellationToken)
    {
        var business = context.Tenant.Value;
        var id = Storefront.StreamOf(context.Tenant);
        return lane.Run(
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
