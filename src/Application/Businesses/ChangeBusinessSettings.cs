using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Storefronts;
using MediatR;

namespace Mainstreet.Application.Businesses;

/// <summary>How the business works from now on (TEN-05). Errors: currency_fixed (409), stale_version (412), https_required
/// (422), 400 for what is malformed.</summary>
/// <param name="Details">Who the business is from now on (TEN-04).</param>
public sealed record ChangeBusinessSettings(SettingsChange Change, int? ExpectedVersion = null, DetailsChange? Details = null) : IRequest<Committed>;

/// <summary>What is null stays as it is.</summary>
public sealed record DetailsChange(
    string? Name = null, string? Type = null, string? RegistrationNumber = null, string? TaxNumber = null, BusinessAddress? Address = null, string? LogoUrl = null,
    string? Email = null, string? Phone = null)
{
    internal BusinessDetails ApplyTo(BusinessDetails details) => new(
        Name ?? details.Name, Type ?? details.Type, RegistrationNumber ?? details.RegistrationNumber, TaxNumber ?? details.TaxNumber, Address ?? details.Address,
        LogoUrl ?? details.LogoUrl, Email ?? details.Email, Phone ?? details.Phone);
}

/// <summary>What is null stays as it is.</summary>
public sealed record SettingsChange(
    string? Currency = null,
    string? Timezone = null,
    string? Locale = null,
    bool? AutoConfirm = null,
    int? AcceptanceMinutes = null,
    int? UnpaidExpiryMinutes = null,
    Money? DeliveryFee = null,
    string? OrderPrefix = null,
    decimal? TaxRatePercent = null,
    bool? PricesIncludeTax = null,
    string[]? AllowedOrigins = null)
{
    internal BusinessSettings ApplyTo(BusinessSettings settings)
    {
        var currency = Currency ?? settings.Currency;
        return new(
            currency, Timezone ?? settings.Timezone, Locale ?? settings.Locale, AutoConfirm ?? settings.AutoConfirm,
            AcceptanceMinutes ?? settings.AcceptanceMinutes, UnpaidExpiryMinutes ?? settings.UnpaidExpiryMinutes,
            DeliveryFee ?? (settings.DeliveryFee.Amount == 0 ? Money.Zero(currency) : settings.DeliveryFee), // no fee is no fee in any currency
            OrderPrefix ?? settings.OrderPrefix, TaxRatePercent ?? settings.TaxRatePercent, PricesIncludeTax ?? settings.PricesIncludeTax,
            AllowedOrigins ?? settings.AllowedOrigins);
    }
}

internal sealed class ChangeBusinessSettingsValidator : AbstractValidator<ChangeBusinessSettings>
{
    public ChangeBusinessSettingsValidator() => RuleForEach(c => c.Change.AllowedOrigins).Must(WebOrigin.IsExact).OverridePropertyName("AllowedOrigins")
        .WithErrorCode(BusinessErrors.OriginsInvalid.Code).WithMessage(BusinessErrors.OriginsInvalid.Message);
}

internal sealed class ChangeBusinessSettingsHandler(ILane lane, IReadStore reads, ITenantContext context) : IRequestHandler<ChangeBusinessSettings, Committed>
{
    public async Task<Committed> Handle(ChangeBusinessSettings command, CancellationToken cancellationToken)
    {
        var business = context.Tenant;
        var hasPrices = command.Change.Currency is not null && await HasPrices(cancellationToken);
        return await lane.Run(
            streams => streams.Of<BusinessProfile>(business.Value).Of<Storefront>(Storefront.StreamOf(business)),
            (log, now) =>
            {
                var profile = log.Get<BusinessProfile>(business.Value);
                log.Expect(business.Value, command.ExpectedVersion);
                var currencyInUse = hasPrices || HasAmounts(log.Get<Storefront>(Storefront.StreamOf(business)).Settings);
                log.Append<BusinessProfile, BusinessProfileEvent>(
                    business.Value, command.Details is { } details ? profile.ChangeDetails(details.ApplyTo(profile.Details), now) : []);
                log.Append<BusinessProfile, BusinessProfileEvent>(
                    business.Value, profile.ChangeSettings(command.Change.ApplyTo(profile.Settings), currencyInUse, context.IsSandbox, now));
                return new Committed(log.Version(business.Value));
            },
            cancellationToken);
    }

    private async Task<bool> HasPrices(CancellationToken cancellationToken) =>
        await reads.List<int>("(select 1 from rm.products limit 1) union all (select 1 from rm.option_groups limit 1)", null, cancellationToken) is not [];

    private static bool HasAmounts(StorefrontSettings storefront) => storefront.MinimumOrder is not null || storefront.Delivery?.HasAmounts is true;
}
