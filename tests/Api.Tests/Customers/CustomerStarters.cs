using System.Text.RegularExpressions;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Identity;
using Mainstreet.Api.Tests.Orders;
using Mainstreet.Domain;

namespace Mainstreet.Api.Tests.Customers;

/// <summary>Somebody with an account at one storefront, signed in.</summary>
internal sealed record TestCustomer(TestBusiness Shop, string Email, string Password, Guid Id, SignedIn SignedIn)
{
    public Session Session => SignedIn.Session;
}

internal static partial class CustomerStarters
{
    /// <summary>A storefront that is public; a test business, so that its mails can be read.</summary>
    public static async Task<(TestBusiness Shop, Guid Variant)> NewShop(this ApiFixture api, string name = "acme")
    {
        var shop = await api.NewBusiness(name, mode: "test");
        return (shop, await shop.Sell());
    }

    public static string At(this TestBusiness shop, string step) => $"/storefronts/{shop.Subdomain}/auth/{step}";

    public static async Task<TestCustomer> NewCustomer(this ApiFixture api, TestBusiness shop, string? email = null)
    {
        email ??= Starters.NewEmail("carla");
        var answer = await api.Guest.Post(shop.At("register"), new { email, password = Starters.Password, full_name = "Carla Berg" }).Returns(201);
        return new(shop, email, Starters.Password, answer.Json.GetProperty("customer").Id(), api.SignedIn(answer));
    }

    public static ApiRequest SignInAt(this ApiFixture api, TestBusiness shop, string email, string password = Starters.Password) =>
        api.Guest.Post(shop.At("login"), new { email, password });

    public static async Task<SignedIn> SignIn(this ApiFixture api, TestCustomer customer) =>
        api.SignedIn(await api.SignInAt(customer.Shop, customer.Email, customer.Password).Returns(200));

    public static ApiRequest RefreshAt(this ApiFixture api, TestBusiness shop, string token) => api.Guest.Post(shop.At("refresh"), new { refresh_token = token });

    /// <summary>The code in the last such mail to that address.</summary>
    public static async Task<string> Mailed(this TestBusiness shop, string email, string template)
    {
        var mails = await shop.Owner.Get($"/sandbox/outbox/messages?to={email}").Until(answer => Of(answer).Length > 0);
        return Code().Match(Of(mails)[0]).Value;

        string[] Of(ApiAnswer answer) =>
            [.. answer.Data.Where(mail => mail.GetProperty("template").GetString() == template).Select(mail => mail.GetProperty("text").GetString()!)];
    }

    public static async Task Verify(this TestCustomer customer) =>
        await customer.Session.Post(customer.Shop.At("verify-email"), new { token = await customer.Shop.Mailed(customer.Email, "customer.verify_email") }).Returns(204);

    /// <summary>A guest buys something with this address.</summary>
    public static Task<TestOrder> BuyAs(this ApiFixture api, TestBusiness shop, Guid variant, string email) =>
        api.Buy(shop, new Basket(new BasketLine(variant)) { Contact = new Contact("Carla Berg", email, "+49 30 123456") });

    /// <summary>The numbers of the orders that the customer sees, the newest first.</summary>
    public static async Task<string?[]> Orders(this Session customer) =>
        [.. (await customer.Get("/customers/me/orders").Returns(200)).Data.Select(order => order.Text("number"))];

    [GeneratedRegex("msm_[A-Za-z0-9_-]+", RegexOptions.None, 1000)]
    private static partial Regex Code();
}
