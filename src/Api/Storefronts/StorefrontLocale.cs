namespace Mainstreet.Api.Storefronts;

/// <summary>The locale of the business whose storefront was asked.</summary>
internal sealed record StorefrontLocale(string Locale);
