using Mainstreet.Application.Businesses;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Drivers;
using Mainstreet.Domain.Storefronts;

namespace Mainstreet.Infrastructure.Demo;

/// <summary>
/// The bakery is live: it takes every order by itself, for cash, and time passes as everywhere. The home shop is in test mode: its
/// clock stands at the last order until somebody advances it, and cards are simulated.
/// </summary>
internal static class DemoShops
{
    private const string Pictures = "http://localhost:5080/samples/catalog/images";

    public static readonly DemoShop Bakery = new(
        "Linden Bakery", "linden-bakery", BusinessMode.Live, "linden-bakery.csv",
        new(OrderPrefix: "LB-", AutoConfirm: true, TaxRatePercent: 7, DeliveryFee: new(290, "EUR")),
        new($"{Pictures}/linden-sourdough.svg", $"{Pictures}/breakfast-box.svg", "#a8642a", "Linden Bakery", "hello@linden-bakery.example"),
        new(new(52.4934, 13.4234), RadiusKm: 8),
        "Berlin", ["Oranienstr.", "Graefestr.", "Dieffenbachstr.", "Reichenberger Str."],
        [
            new("Jonas Weber", "jonas@mainstreet.example", "+49 30 5550111", VehicleType.Bicycle),
            new("Mina Aydin", "mina@mainstreet.example", "+49 30 5550112", VehicleType.CargoBike),
        ],
        [
            "butter-croissant", "seeded-roll", "lye-pretzel", "baguette", "flat-white", "linden-sourdough", "pain-au-chocolat", "oat-cookie",
            "custard-tart", "chocolate-cookie", "cinnamon-bun", "filter-coffee", "apple-juice",
        ],
        MostOfOne: 3, OrdersADay: [2, 1, 2, 2, 2, 3, 4],
        [
            Fate.Collected, Fate.Delivered, Fate.Collected, Fate.Collected, Fate.Delivered, Fate.CanceledByBusiness, Fate.Collected, Fate.Delivered,
            Fate.Collected, Fate.Delivered, Fate.Collected, Fate.Collected, Fate.Delivered, Fate.Collected, Fate.Collected, Fate.Returned, Fate.Collected,
        ],
        [
            (290, Fate.Delivered), (235, Fate.Collected), (195, Fate.CanceledByBusiness), (180, Fate.Failed), (120, Fate.Collected),
            (80, Fate.OnTheWay), (42, Fate.Ready), (20, Fate.Preparing), (3, Fate.Confirmed), (0, Fate.Placed),
        ]);

    public static readonly DemoShop Home = new(
        "Harbour Home", "harbour-home", BusinessMode.Test, "harbour-home.csv",
        new(OrderPrefix: "HH-", TaxRatePercent: 19, DeliveryFee: new(490, "EUR")),
        new($"{Pictures}/harbour-lantern.svg", $"{Pictures}/island-wool-throw.svg", "#2f6f8f", "Harbour Home", "hello@harbour-home.example"),
        new(new(53.5459, 9.9668), RadiusKm: 25),
        "Hamburg", ["Am Sandtorkai", "Große Elbstr.", "Ditmar-Koel-Str.", "Schanzenstr."],
        [
            new("Lena Brandt", "lena@mainstreet.example", "+49 40 5550121", VehicleType.Van),
            new("Tarek Haddad", "tarek@mainstreet.example", "+49 40 5550122", VehicleType.CargoBike),
        ],
        [
            "olive-wood-spoon", "lavender-sachets", "olive-oil-soap", "terracotta-pot", "iron-wall-hook", "wildflower-seeds", "beeswax-pillar-candle",
            "greeting-cards", "tea-towel-set", "dinner-plate", "garden-twine", "striped-towel", "tide-mug", "soy-candle",
        ],
        MostOfOne: 2, OrdersADay: [1, 1, 1, 1, 1, 2, 3],
        [
            Fate.DeliveredPrepaid, Fate.Delivered, Fate.DeliveredPrepaid, Fate.PlacedByCard, Fate.Collected, Fate.DeliveredPrepaid, Fate.Rejected,
            Fate.Delivered, Fate.CanceledByCustomer, Fate.DeliveredPrepaid, Fate.Returned, Fate.Delivered, Fate.Unanswered, Fate.DeliveredPrepaid,
            Fate.CanceledByBusiness, Fate.Delivered, Fate.DeliveredPrepaid,
        ],
        [
            (290, Fate.DeliveredPrepaid), (235, Fate.Rejected), (215, Fate.Failed), (155, Fate.Delivered), (100, Fate.OnTheWay), (62, Fate.Ready),
            (38, Fate.Preparing), (20, Fate.Confirmed), (6, Fate.PlacedByCard), (0, Fate.Placed),
        ]);

    public static readonly DemoShop[] All = [Bakery, Home];
}
