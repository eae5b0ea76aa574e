using System.Text.Json;
using Mainstreet.Api.Tests.Catalog;
using Mainstreet.Domain;

namespace Mainstreet.Api.Tests.Stock;

internal static class LocationStarters
{
    public static async Task<Guid> NewLocation(this TestBusiness business, string name = "Harbour") =>
        (await business.Owner.Post("/business/locations", new { name }).Returns(201)).Id;

    /// <summary>One variant, from one location to another.</summary>
    public static ApiRequest Transfer(this TestBusiness business, Guid variant, decimal quantity, Guid? to = null, Guid? from = null, Guid? id = null) => business.Owner.Post(
        "/business/stock/transfers",
        new { id, from = from ?? LocationId.Default.Value, to = to ?? LocationId.Default.Value, lines = new[] { new { variant_id = variant, quantity } } });

    /// <summary>What is on hand at a location; null: nothing has happened there yet.</summary>
    public static async Task<decimal?> OnHandAt(this TestBusiness business, Guid variant, Guid location)
    {
        var items = (await business.Owner.Get($"/business/stock/items?location={location}").Returns(200)).Data;
        return items.Where(item => item.GetProperty("variant_id").GetGuid() == variant).Select(item => (decimal?)item.GetProperty("on_hand").GetDecimal()).SingleOrDefault();
    }

    /// <summary>The sum of all movements at a location.</summary>
    public static async Task<decimal> MovedAt(this TestBusiness business, Guid variant, Guid location) =>
        (await business.Owner.Pages($"/business/stock/movements?variant_id={variant}&location={location}&limit=100"))
            .Sum(movement => movement.GetProperty("quantity").GetDecimal() * (movement.Text("movement_type") == "in" ? 1 : -1));

    public static long Worth(this JsonElement valuation) => valuation.Cents("value");
}
