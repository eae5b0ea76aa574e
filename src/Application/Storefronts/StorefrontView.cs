using Mainstreet.Domain;
using Mainstreet.Domain.Storefronts;

namespace Mainstreet.Application.Storefronts;

/// <summary>The storefront of the present business: one row.</summary>
internal sealed record StorefrontView(
    [property: Key] Guid StorefrontId, Branding Branding, OpeningHours OpeningHours, DeliveryTerms? Delivery, Money? MinimumOrder, bool Published, int Version);

internal sealed class StorefrontProjection : Projection<StorefrontView>
{
    public StorefrontProjection() : base("storefront", version: 1, inline: true)
    {
        On<StorefrontCreated>(e => Row(e.BusinessId, e.Settings), (row, _, context) => row with { Version = context.Version });
        On<StorefrontUpdated>(e => Row(e.BusinessId, e.Settings), (row, e, context) => With(row, e.Settings) with { Version = context.Version });
        On<StorefrontPublished>(e => Row(e.BusinessId, StorefrontSettings.Empty), (row, _, context) => row with { Published = true, Version = context.Version });
        On<StorefrontUnpublished>(e => Row(e.BusinessId, StorefrontSettings.Empty), (row, _, context) => row with { Published = false, Version = context.Version });
    }

    private static StorefrontView Row(TenantId business, StorefrontSettings settings) =>
        With(new(Storefront.StreamOf(business), settings.Branding, settings.OpeningHours, null, null, Published: false, 0), settings);

    private static StorefrontView With(StorefrontView row, StorefrontSettings settings) => row with
    {
        Branding = settings.Branding,
        OpeningHours = settings.OpeningHours,
        Delivery = settings.Delivery,
        MinimumOrder = settings.MinimumOrder,
    };
}
