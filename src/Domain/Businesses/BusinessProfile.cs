namespace Mainstreet.Domain.Businesses;

/// <summary>Who a business is and how it works, in its own log; the stream's id is the business's. Requirements TEN-04, TEN-05.</summary>
public sealed record BusinessProfile(TenantId BusinessId, BusinessDetails Details, BusinessSettings Settings) : IAggregate<BusinessProfile, BusinessProfileEvent>
{
    public static BusinessProfileEvent[] Create(TenantId businessId, BusinessDetails details, BusinessSettings settings, DateTimeOffset now)
    {
        details.Validate();
        settings.Validate();
        return [new BusinessProfileCreated(businessId, details, settings, now)];
    }

    public BusinessProfileEvent[] ChangeDetails(BusinessDetails details, DateTimeOffset now)
    {
        details.Validate();
        return details == Details ? [] : [new BusinessProfileChanged(BusinessId, details, now)];
    }

    /// <summary>
    /// <paramref name="currencyInUse"/>: there are prices, orders or payments. They are not converted, so the currency stays (C3).
    /// <paramref name="isTest"/>: pages under development may call it too.
    /// </summary>
    public BusinessProfileEvent[] ChangeSettings(BusinessSettings settings, bool currencyInUse, bool isTest, DateTimeOffset now)
    {
        settings.Validate();
        Check.That(settings.Currency == Settings.Currency || !currencyInUse, BusinessErrors.CurrencyFixed);
        Check.That(isTest || !(settings.AllowedOrigins ?? []).Any(WebOrigin.IsLocal), BusinessErrors.OriginNotHttps);
        return settings.SameAs(Settings) ? [] : [new BusinessSettingsChanged(BusinessId, settings, now)];
    }

    public static BusinessProfile Evolve(BusinessProfile? profile, BusinessProfileEvent e) => (profile, e) switch
    {
        (null, BusinessProfileCreated created) => new(created.BusinessId, created.Details, created.Settings),
        ({ }, BusinessProfileChanged changed) => profile with { Details = changed.Details },
        ({ }, BusinessSettingsChanged changed) => profile with { Settings = changed.Settings },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(profile is null ? "an empty stream" : "a profile")}."),
    };
}
