using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;

namespace Mainstreet.Application.Businesses;

/// <summary>Who the business is and how it works: one row. Name, currency and timezone are columns, so that other queries can join them.</summary>
internal sealed record BusinessProfileView(
    [property: Key] TenantId BusinessId, string Name, string Currency, string Timezone, BusinessDetails Details, BusinessSettings Settings, int Version);

internal sealed class BusinessProfileProjection : Projection<BusinessProfileView>
{
    public BusinessProfileProjection() : base("business_profile", version: 1, inline: true)
    {
        On<BusinessProfileCreated>(e => Row(e.BusinessId, e.Details, e.Settings), (row, _, context) => row with { Version = context.Version });
        On<BusinessProfileChanged>(
            e => Row(e.BusinessId, e.Details, null),
            (row, e, context) => row with { Name = e.Details.Name, Details = e.Details, Version = context.Version });
        On<BusinessSettingsChanged>(
            e => Row(e.BusinessId, null, e.Settings),
            (row, e, context) => row with { Currency = e.Settings.Currency, Timezone = e.Settings.Timezone, Settings = e.Settings, Version = context.Version });
    }

    private static BusinessProfileView Row(TenantId id, BusinessDetails? details, BusinessSettings? settings) =>
        new(id, details?.Name ?? "", settings?.Currency ?? "", settings?.Timezone ?? "", details!, settings!, 0);
}
