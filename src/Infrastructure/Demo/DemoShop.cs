using Mainstreet.Application.Businesses;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Drivers;
using Mainstreet.Domain.Storefronts;

namespace Mainstreet.Infrastructure.Demo;

/// <summary>A business of the demo, as it is set up before its first order.</summary>
/// <param name="Catalogue">The product file, by its name in samples/catalog.</param>
/// <param name="Favourites">Handles of what is bought, the most popular first; of each there is enough.</param>
/// <param name="OrdersADay">By the day of the week, from Sunday.</param>
/// <param name="Past">What becomes of the orders of past days, over and over.</param>
/// <param name="Today">What has become of today's, the first first; the last one is only placed.</param>
internal sealed record DemoShop(
    string Name,
    string Subdomain,
    BusinessMode Mode,
    string Catalogue,
    SettingsChange Settings,
    Branding Branding,
    DeliveryTerms Delivery,
    string City,
    string[] Streets,
    DemoDriver[] Drivers,
    string[] Favourites,
    int MostOfOne,
    int[] OrdersADay,
    Fate[] Past,
    (int MinutesAgo, Fate Fate)[] Today)
{
    public const int Days = 28;

    public const string Timezone = "Europe/Berlin";

    public TenantId Id { get; } = new(Uuid.Named("demo business", Subdomain));

    public Guid TestClock => Uuid.Named("test_clock", Id.ToString());
}

internal sealed record DemoDriver(string Name, string Email, string Phone, VehicleType Vehicle)
{
    public DriverId Id { get; } = new(Uuid.Named("demo driver", Email));
}

/// <summary>How an order of the demo goes on after it was placed, up to its end or to where it is now.</summary>
internal enum Fate
{
    /// <summary>Nothing has been done yet.</summary>
    Placed,

    /// <summary>By card; the customer never pays, so it expires.</summary>
    PlacedByCard,

    /// <summary>The business never answers, so it is rejected when its time is over.</summary>
    Unanswered,
    Rejected,
    CanceledByCustomer,
    CanceledByBusiness,
    Confirmed,
    Preparing,
    Ready,
    OnTheWay,

    /// <summary>Brought and paid in cash at the door.</summary>
    Delivered,

    /// <summary>Paid by card before, and brought.</summary>
    DeliveredPrepaid,

    /// <summary>Fetched by the customer.</summary>
    Collected,
    Failed,
    Returned,
}
