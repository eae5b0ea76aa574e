using Mainstreet.Api.Tests;
using Mainstreet.Api.Tests.Catalog;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Api.Tests.Webhooks;

namespace Mainstreet.Faults;

/// <summary>A test business that sells, with goods of which there are enough.</summary>
/// <param name="Variants">What is sold.</param>
/// <param name="Shelves">What comes in, and is not sold.</param>
internal sealed record Shop(TestBusiness Business, string Token, Guid[] Variants, Guid[] Shelves)
{
    public const decimal Stock = 100_000;

    /// <summary>Each has a shelf.</summary>
    public const int Keepers = 32;

    /// <param name="http">Reaches the product.</param>
    /// <param name="receiver">Is told of every order.</param>
    public static async Task<Shop> Open(HttpClient http, WebhookReceiver receiver)
    {
        var (business, token) = await NewBusiness(http);
        Guid[] variants = [await business.Sell("Lamp", 4900, Stock), await business.Sell("Vase", 1250, Stock), await business.Sell("Rug", 8900, Stock)];
        var shelves = new Guid[Keepers];
        for (var i = 0; i < Keepers; i++)
        {
            shelves[i] = (await business.NewProduct($"Nails {i}")).VariantId;
        }

        await business.NewWebhook(receiver, ["order.*"]);
        return new(business, token, variants, shelves);
    }

    /// <summary>A test business, and by what its owner is known.</summary>
    public static async Task<(TestBusiness Business, string Token)> NewBusiness(HttpClient http, string subdomain = "acme")
    {
        var email = $"owner@{subdomain}.example.com";
        var registered = await new Session(http).Post("/auth/register", new { email, password = Starters.Password, full_name = "Olga" }).Returns(201);
        var user = new Session(http, Starters.Token(registered));
        var created = await user.Post("/businesses", new { name = "Acme", subdomain, currency = "EUR", timezone = "Europe/Berlin", mode = "test" }).Returns(201);
        var token = Starters.Token(await user.Post("/auth/switch-business", new { business_id = created.Id }).Returns(200));
        var owner = new TestUser(registered.Json.GetProperty("user").GetProperty("id").GetGuid(), email, Starters.Password, user);
        return (new(created.Id, subdomain, owner, new Session(http, token), created.Json.OptionalGuid("test_clock_id")), token);
    }

    /// <summary>The owner, who has signed in again: on a slow machine a test outlives the first token.</summary>
    public async Task<Shop> SignedIn(HttpClient http)
    {
        var signedIn = await new Session(http).Post("/auth/login", new { email = Business.User.Email, password = Starters.Password }).Returns(200);
        var token = Starters.Token(await new Session(http, Starters.Token(signedIn)).Post("/auth/switch-business", new { business_id = Business.Id }).Returns(200));
        return this with { Business = Business with { Owner = new Session(http, token) }, Token = token };
    }
}
