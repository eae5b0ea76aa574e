using Mainstreet.Application.Catalog;
using Mainstreet.Application.Orders;
using Mainstreet.Domain;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Infrastructure.Demo;

internal sealed record DemoOrder(DateTimeOffset PlacedAt, Fate Fate, DemoDriver Driver, PlaceOrder Placing);

/// <summary>What a shop of the demo sells, order by order: the same on every machine, seen from when it begins.</summary>
internal static class DemoOrders
{
    private const int LongestOrder = 90;

    private static readonly TimeSpan Opens = TimeSpan.FromHours(9);

    private static readonly string[] Guests =
    [
        "Carla Berg", "Emre Yilmaz", "Sophie Lang", "Paul Richter", "Nadia Haas", "Tom Schuster", "Ida Krüger", "Milan Novak", "Rosa Klein", "Felix Braun",
        "Amira Saleh", "Greta Vogel",
    ];

    /// <summary>
    /// When the shop's orders are placed and what becomes of them, one after the other: each is over before the next begins. The drivers take turns, every
    /// day from the first one on: so today's are theirs whatever the weekday.
    /// </summary>
    public static IEnumerable<(DateTimeOffset PlacedAt, Fate Fate, DemoDriver Driver)> Times(DemoShop shop, DateTimeOffset begin)
    {
        var end = begin.AddDays(DemoShop.Days);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(DemoShop.Timezone);
        var fates = 0;
        var today = TimeZoneInfo.ConvertTime(end, zone).Date; // begin's date may be one off: a change of the clocks may lie between
        for (var day = today.AddDays(1 - DemoShop.Days); day < today; day = day.AddDays(1))
        {
            for (var i = 0; i < shop.OrdersADay[(int)day.DayOfWeek]; i++)
            {
                var local = day + Opens + TimeSpan.FromMinutes((i * LongestOrder * 1.3) + (day.Day * 7 % 20));
                yield return (new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime(), shop.Past[fates++ % shop.Past.Length], shop.Drivers[i % shop.Drivers.Length]);
            }
        }

        foreach (var (i, (minutesAgo, fate)) in shop.Today.Index())
        {
            yield return (end.AddMinutes(-minutesAgo), fate, shop.Drivers[i % shop.Drivers.Length]);
        }
    }

    public static DemoOrder[] Of(DemoShop shop, DateTimeOffset begin, IReadOnlyList<CatalogProduct> products)
    {
        var random = new Random(2026); // the same row of numbers every time
        var favourites = shop.Favourites.Select(handle => products.Single(product => product.Handle == handle).Variants[0].Id).ToArray();
        return [.. Times(shop, begin).Select((order, i) => new DemoOrder(
            order.PlacedAt, order.Fate, order.Driver, Placing(shop, i, order.Fate, favourites, random)))];
    }

    public static OrderId IdOf(DemoShop shop, int index) => new(Uuid.Named("demo order", shop.Subdomain, $"{index}"));

    private static PlaceOrder Placing(DemoShop shop, int index, Fate fate, VariantId[] favourites, Random random)
    {
        var guest = Guests[random.Next(Guests.Length)];
        var lines = Enumerable.Range(0, random.Next(1, 4))
            .Select(_ => favourites[Math.Min(random.Next(favourites.Length), random.Next(favourites.Length))])
            .Distinct()
            .Select(variant => new BasketLine(variant, random.Next(1, shop.MostOfOne + 1)))
            .ToArray();
        var near = shop.Delivery.Location;
        var address = new Address(
            $"{shop.Streets[random.Next(shop.Streets.Length)]} {random.Next(1, 90)}", shop.City, null, "DE",
            Math.Round(near.Latitude + (random.NextDouble() / 50), 5), Math.Round(near.Longitude + (random.NextDouble() / 50), 5));
        var isCollected = fate is Fate.Collected or Fate.Placed;
        return new(
            IdOf(shop, index), lines, isCollected ? DeliveryType.Pickup : DeliveryType.Delivery,
            new(guest, $"{guest.Split(' ')[0].ToLowerInvariant()}@example.com", $"+49 30 55502{index % 90 + 10}"), isCollected ? null : address,
            fate is Fate.PlacedByCard or Fate.DeliveredPrepaid or Fate.CanceledByCustomer ? PaymentMethod.Card : PaymentMethod.Cash);
    }
}
