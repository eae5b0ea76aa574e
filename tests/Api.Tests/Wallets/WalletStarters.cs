using Mainstreet.Api.Tests.Customers;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Identity;
using Mainstreet.Api.Tests.Orders;

namespace Mainstreet.Api.Tests.Wallets;

internal static class WalletStarters
{
    public const string Path = "/customers/me/payment-methods";

    public static async Task<ApiAnswer> BeginSetup(this TestCustomer customer) => await customer.Session.Post($"{Path}/setup").Returns(201);

    public static async Task<Guid> NewSetup(this TestCustomer customer) => (await customer.BeginSetup()).Json.GetProperty("setup_id").GetGuid();

    /// <summary>In a test business.</summary>
    public static async Task<Guid> SaveCard(this TestCustomer customer, string last4 = "4242", int year = 2034)
    {
        var setup = await customer.NewSetup();
        await customer.Shop.Owner.Post($"/sandbox/payment-method-setups/{setup}/complete", new { last4, exp_year = year }).Returns(204);
        return (await customer.Methods())[^1].Id;
    }

    public static ApiRequest Add(this TestCustomer customer, Guid setup, bool isDefault = false) => customer.Session.Post(Path, new { setup_id = setup, @default = isDefault });

    public static async Task<(Guid Id, string? Type, string? Last4, bool Default, string? Problem)[]> Methods(this TestCustomer customer) =>
    [
        .. (await customer.Session.Get(Path).Returns(200)).Data.Select(method =>
            (method.Id(), method.Text("type"), method.Text("last4"), method.GetProperty("default").GetBoolean(), method.Text("problem"))),
    ];

    /// <summary>The customer buys one, and names the method.</summary>
    public static ApiRequest BuyWith(this Session buyer, TestBusiness shop, Guid variant, Guid? method, string paymentMethod = "card") => buyer.Post($"/storefronts/{shop.Subdomain}/orders", new
    {
        lines = new[] { new { variant_id = variant, quantity = 1 } },
        delivery_type = "pickup",
        contact = new { name = "Carla Berg", email = "carla@example.com", phone = "+49 30 123456" },
        payment_method = paymentMethod,
        payment_method_id = method,
    }).Key(Guid.NewGuid().ToString());
}
