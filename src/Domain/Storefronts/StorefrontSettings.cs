using System.Text.RegularExpressions;

namespace Mainstreet.Domain.Storefronts;

/// <summary>What a storefront shows and whom it serves. Money is in the business's currency. Requirements WL-01, WL-02, WL-06.</summary>
public sealed record StorefrontSettings(Branding Branding, OpeningHours OpeningHours, DeliveryTerms? Delivery = null, Money? MinimumOrder = null)
{
    public static readonly StorefrontSettings Empty = new(new Branding(), OpeningHours.None);

    /// <summary>Until its owner says more, a storefront takes orders around the clock and delivers nowhere.</summary>
    public static readonly StorefrontSettings Default = new(new Branding(), OpeningHours.Always);

    public bool SameAs(StorefrontSettings other) => OpeningHours.SameAs(other.OpeningHours) && (Delivery, other.Delivery) switch
    {
        ({ } present, { } wanted) => present.SameAs(wanted) && this with { OpeningHours = other.OpeningHours, Delivery = wanted } == other,
        _ => this with { OpeningHours = other.OpeningHours } == other,
    };

    internal void Validate(string currency)
    {
        Branding.Validate();
        OpeningHours.Validate();
        Delivery?.Validate(currency);
        Check.That(IsAmount(MinimumOrder, currency), StorefrontErrors.AmountInvalid);
    }

    internal static bool IsAmount(Money? money, string currency) =>
        money is not { } given || (given.Amount is >= 0 and <= Money.MaxAmount && given.Currency == currency);
}

/// <summary><paramref name="PrimaryColor"/> is #rrggbb. With <paramref name="HidePlatform"/> the storefront does not name the platform.</summary>
public sealed partial record Branding(
    string? LogoUrl = null,
    string? BannerUrl = null,
    string? PrimaryColor = null,
    string? CompanyName = null,
    string? SupportEmail = null,
    bool? HidePlatform = null)
{
    internal void Validate()
    {
        Check.That((LogoUrl is null || Check.IsWebAddress(LogoUrl)) && (BannerUrl is null || Check.IsWebAddress(BannerUrl)), StorefrontErrors.ImageInvalid);
        Check.That(PrimaryColor is null || Color().IsMatch(PrimaryColor), StorefrontErrors.ColorInvalid);
        Check.That(Check.IsOptionalText(CompanyName, 200), StorefrontErrors.CompanyNameInvalid);
        Check.That(SupportEmail is null || EmailAddress.IsWellFormed(SupportEmail), EmailAddress.Malformed);
    }

    [GeneratedRegex(@"\A#[0-9a-fA-F]{6}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Color();
}
