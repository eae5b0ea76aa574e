using Mainstreet.Api.Tests.Orders;
using Mainstreet.Domain.Orders;

namespace Mainstreet.Api.Tests.Deliveries;

/// <summary>A driver who can sign in.</summary>
public sealed record TestDriver(Guid Id, string Email, Session Session);

internal static class DeliveryStarters
{
    public const long Fee = 350;

    public static async Task<TestDriver> NewDriver(this ApiFixture api, TestBusiness business, string name = "Dana")
    {
        var email = Starters.NewEmail(name);
        var added = await api.As(business).Post("/business/drivers", new { name, email, password = Starters.Password, vehicle_type = "bicycle" }).Returns(201);
        var token = Starters.Token(await api.Guest.Post("/auth/login", new { email, password = Starters.Password }).Returns(200));
        return new(added.Id, email, api.As(token));
    }

    /// <summary>Two of ten watering cans, ordered by a guest; the business has got as far as told.</summary>
    /// <param name="prepaid">Needs a test business.</param>
    public static async Task<TestOrder> NewOrder(
        this ApiFixture api, TestBusiness business, OrderStatus status = OrderStatus.Ready, DeliveryType type = DeliveryType.Delivery, bool prepaid = false)
    {
        var basket = new Basket(new BasketLine(await business.Sell("Watering can", 1200), 2, "with a bow")) { PaymentMethod = prepaid ? "card" : "cash" };
        await business.Deliver(Fee);
        var order = await api.Buy(business, type == DeliveryType.Delivery ? basket.Delivered() : basket);
        if (prepaid)
        {
            await business.Owner.Post($"/sandbox/payments/{order.Id}/authorize").Returns(204);
        }

        foreach (var step in status switch { OrderStatus.Pending => (string[])[], OrderStatus.Confirmed => ["confirm"], _ => ["confirm", "ready"] })
        {
            await business.Owner.Post($"{order.Path}/{step}").Returns(204);
        }

        return order;
    }

    /// <summary>Gives the order to the driver, and waits until the pool knows.</summary>
    public static async Task<Guid> Assign(this ApiFixture api, TestBusiness business, TestOrder order, TestDriver driver)
    {
        var assigned = await api.As(business).Post($"/business/orders/{order.Id}/assign", new { driver_id = driver.Id }).Returns(200);
        await driver.Session.Get($"/driver/deliveries/{assigned.Id}").Until(answer => answer.Status == 200);
        return assigned.Id;
    }

    public static Task<ApiAnswer> Report(this TestDriver driver, Guid delivery, string status, int expected = 204) =>
        driver.Session.Patch($"/driver/deliveries/{delivery}/status", new { status }).Returns(expected);

    /// <summary>Takes the driver's steps one after the other.</summary>
    public static async Task Drive(this TestDriver driver, Guid delivery, params string[] statuses)
    {
        foreach (var status in statuses)
        {
            await driver.Report(delivery, status);
        }
    }

    /// <summary>What happened to a thing, by whom.</summary>
    public static async Task<(string? Type, string? Actor, Guid? Id)[]> History(this ApiFixture api, TestBusiness business, string kind, Guid id) =>
    [
        .. (await api.As(business).Get($"/history/{kind}/{id}").Returns(200)).Data.Select(entry => (
            entry.GetProperty("type").GetString(), entry.GetProperty("actor").GetProperty("type").GetString(), entry.GetProperty("actor").OptionalGuid("id"))),
    ];
}
