using Mainstreet.Domain.Storefronts;
using static Mainstreet.Domain.Tests.Storefronts.StorefrontSamples;

namespace Mainstreet.Domain.Tests.Storefronts;

/// <summary>Parts of the area with terms of their own.</summary>
public sealed class DeliveringByZones
{
    private static readonly GeoPoint shop = new(52.52, 13.405);

    /// <summary>An L: what is north of the shop, and what is east of it, but not both.</summary>
    private static readonly GeoPoint[] corner = [new(52.52, 13.405), new(52.56, 13.405), new(52.56, 13.425), new(52.54, 13.425), new(52.54, 13.465), new(52.52, 13.465)];

    private static readonly DeliveryZone near = new("Near", RadiusKm: 1, Fee: new(100, "EUR"));
    private static readonly DeliveryZone quarter = new("Corner", Area: corner, MinimumOrder: new(2000, "EUR"));
    private static readonly DeliveryTerms terms = new(shop, 5, new(300, "EUR"), [near, quarter]);

    [Theory]
    [InlineData(52.525, 13.405, "Near")]
    [InlineData(52.525, 13.41, "Near")] // in both
    [InlineData(52.55, 13.41, "Corner")]
    [InlineData(52.53, 13.46, "Corner")]
    [InlineData(52.55, 13.45, null)] // where the L is not
    [InlineData(52.55, 13.4, null)]
    [InlineData(52.5, 13.41, null)]
    public void The_first_zone_that_holds_a_place_counts(double latitude, double longitude, string? zone)
    {
        terms.ZoneOf(new(latitude, longitude))?.Name.ShouldBe(zone);
        terms.Reaches(new(latitude, longitude)).ShouldBe(zone is not null);
    }

    [Fact]
    public void Nothing_is_brought_beyond_the_radius()
    {
        (terms with { RadiusKm = 2 }).Reaches(new(52.53, 13.46)).ShouldBeFalse();
        (terms with { Zones = [] }).Reaches(new(52.55, 13.45)).ShouldBeTrue();
        (terms with { Zones = null }).ZoneOf(shop).ShouldBeNull();
    }

    [Fact]
    public void It_does_not_matter_where_the_corners_begin_or_how_they_run()
    {
        var places = from north in Enumerable.Range(0, 30) from east in Enumerable.Range(0, 40) select new GeoPoint(52.5101 + (north * 0.002), 13.3951 + (east * 0.002));
        foreach (var place in places)
        {
            var holds = Of(corner).ZoneOf(place) is not null;
            (Of([.. corner.Skip(2), .. corner.Take(2)]).ZoneOf(place) is not null).ShouldBe(holds);
            (Of([.. corner.Reverse()]).ZoneOf(place) is not null).ShouldBe(holds);
        }

        static DeliveryTerms Of(GeoPoint[] area) => terms with { Zones = [new("Area", Area: area)] };
    }

    [Fact]
    public void The_same_zones_are_no_change() => new Spec<Storefront, StorefrontEvent>().Given(Storefront.Create(Bakery, With(near, quarter), "EUR", Now))
        .When(storefront => storefront.Update(With(near with { Fee = new(100, "EUR") }, quarter with { Area = [.. corner] }), "EUR", Now)).ThenNothing();

    [Fact]
    public void Another_corner_is_one()
    {
        var wanted = With(near, quarter with { Area = corner[1..] });
        new Spec<Storefront, StorefrontEvent>().Given(Storefront.Create(Bakery, With(near, quarter), "EUR", Now))
            .When(storefront => storefront.Update(wanted, "EUR", Now))
            .Then(new StorefrontUpdated(Bakery, wanted, Now));
    }

    [Fact]
    public void Zones_are_checked()
    {
        Rejected("zone_invalid", near with { RadiusKm = null });
        Rejected("zone_invalid", near with { Area = corner });
        Rejected("zone_invalid", near with { RadiusKm = 0 });
        Rejected("zone_invalid", near with { Name = " " });
        Rejected("zone_invalid", quarter with { Area = corner[..2] });
        Rejected("zone_invalid", quarter with { Area = [.. Enumerable.Repeat(shop, 201)] });
        Rejected("zone_invalid", quarter with { Area = [shop, shop, new(91, 0)] });
        Rejected("zone_invalid", near, quarter with { Name = "NEAR" });
        Rejected("zone_invalid", [.. Enumerable.Range(0, 51).Select(i => near with { Name = $"{i}" })]);
        Rejected("zone_invalid", [.. Enumerable.Range(0, 11).Select(i => new DeliveryZone($"{i}", Area: [.. Enumerable.Repeat(shop, 200)]))]);
        Rejected("amount_invalid", near with { Fee = new(1, "USD") });
        Rejected("amount_invalid", near with { MinimumOrder = new(-1, "EUR") });
    }

    private static void Rejected(string code, params DeliveryZone[] zones) => new Spec<Storefront, StorefrontEvent>().Given(Created)
        .When(storefront => storefront.Update(With(zones), "EUR", Now)).ThenRejected(code);

    private static StorefrontSettings With(params DeliveryZone[] zones) => Settings with { Delivery = terms with { Zones = zones } };
}
