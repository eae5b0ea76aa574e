using System.Text.RegularExpressions;

namespace Mainstreet.Domain.Businesses;

/// <summary>
/// How a business works. An order is accepted within <paramref name="AcceptanceMinutes"/> and, when prepaid, paid within
/// <paramref name="UnpaidExpiryMinutes"/>. <paramref name="TaxRatePercent"/> 19 means 19%, for what has no category with a rate of its own. Pages of <paramref name="AllowedOrigins"/> may call the API
/// from a browser. Requirement TEN-05.
/// </summary>
public sealed partial record BusinessSettings(
    string Currency,
    string Timezone,
    string Locale,
    bool AutoConfirm,
    int AcceptanceMinutes,
    int UnpaidExpiryMinutes,
    Money DeliveryFee,
    string OrderPrefix,
    decimal TaxRatePercent,
    bool PricesIncludeTax,
    string[]? AllowedOrigins = null)
{
    public static BusinessSettings Default(string currency, string timezone) =>
        new(currency, timezone, "en", AutoConfirm: false, AcceptanceMinutes: 10, UnpaidExpiryMinutes: 15, Money.Zero(currency), "", 0, PricesIncludeTax: true);

    /// <summary>The same members, origins by value.</summary>
    internal bool SameAs(BusinessSettings other) =>
        this with { AllowedOrigins = null } == other with { AllowedOrigins = null } && (AllowedOrigins ?? []).SequenceEqual(other.AllowedOrigins ?? [], StringComparer.Ordinal);

    internal static bool IsLocale(string? locale) => locale is not null && LocaleFormat().IsMatch(locale);

    internal static bool IsTaxRate(decimal percent) => percent is >= 0 and <= 100 && decimal.Round(percent, 3) == percent;

    internal void Validate()
    {
        Check.That(Currencies.IsKnown(Currency), Currencies.Unknown(Currency));
        Check.That(Timezones.IsKnown(Timezone), Timezones.Unknown(Timezone));
        Check.That(IsLocale(Locale), BusinessErrors.LocaleInvalid);
        Check.That(AcceptanceMinutes is >= 1 and <= 1440 && UnpaidExpiryMinutes is >= 1 and <= 1440, BusinessErrors.TimeoutInvalid);
        Check.That(DeliveryFee.Amount is >= 0 and <= Money.MaxAmount && DeliveryFee.Currency == Currency, BusinessErrors.DeliveryFeeInvalid);
        Check.That(OrderPrefix is not null && PrefixFormat().IsMatch(OrderPrefix), BusinessErrors.OrderPrefixInvalid);
        Check.That(IsTaxRate(TaxRatePercent), BusinessErrors.TaxRateInvalid);
        Check.That(WebOrigin.AreList(AllowedOrigins ?? []), BusinessErrors.OriginsInvalid);
    }

    [GeneratedRegex(@"\A[a-z]{2,3}(?:-(?:[A-Z]{2}|[0-9]{3}))?\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex LocaleFormat();

    [GeneratedRegex(@"\A[A-Z0-9\-]{0,10}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PrefixFormat();
}
