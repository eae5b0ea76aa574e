using Mainstreet.Domain.Storefronts;

namespace Mainstreet.Domain.Tests.Storefronts;

internal static class StorefrontSamples
{
    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    public static readonly TenantId Bakery = new(Uuid.Named("bakery"));
    public static readonly StorefrontFacts Ready = new(BusinessActive: true, "EUR", PublishedProducts: 1);

    public static readonly StorefrontSettings Settings = new(
        new Branding("/files/logo.svg", "/files/banner.svg", "#b5541c", "Corner Bakery", "hello@bakery.example"),
        new OpeningHours([new(DayOfWeek.Monday, new TimeOnly(7, 0), new TimeOnly(18, 30)), new(DayOfWeek.Saturday, new TimeOnly(18, 0), new TimeOnly(2, 0))]),
        new DeliveryTerms(new GeoPoint(53.55, 10.0), 5, new Money(250, "EUR")),
        new Money(1000, "EUR"));

    public static StorefrontEvent[] Created => Storefront.Create(Bakery, Settings, "EUR", Now);

    public static StorefrontEvent[] Published => [.. Created, new StorefrontPublished(Bakery, Now)];

    public static StorefrontEvent[][] Streams => [[.. Published, new StorefrontUpdated(Bakery, Settings with { MinimumOrder = null }, Now), new StorefrontUnpublished(Bakery, Now)]];
}
