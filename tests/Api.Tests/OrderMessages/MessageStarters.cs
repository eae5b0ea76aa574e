using System.Text.Json;
using Mainstreet.Api.Tests.Deliveries;
using Mainstreet.Api.Tests.Orders;

namespace Mainstreet.Api.Tests.OrderMessages;

internal static class MessageStarters
{
    public const string Inbox = "/business/messages";

    public static string Messages(this TestOrder order) => $"{order.Path}/messages";

    public static string OwnMessages(this TestOrder order) => $"/customers/me/orders/{order.Id}/messages";

    public static string Linked(this TestOrder order, string step = "") => order.GuestPath($"/messages{step}");

    public static string Driven(Guid delivery) => $"/driver/deliveries/{delivery}/messages";

    public static ApiRequest Says(this Session session, string path, string to, string text = "At noon?") => session.Post(path, new { to, text });

    /// <summary>The words, the newest first.</summary>
    public static async Task<string?[]> Hears(this Session session, string path) => [.. (await session.Get(path).Returns(200)).Data.Select(message => message.Text("text"))];

    /// <summary>An order that a driver brings, and who does.</summary>
    public static async Task<(TestBusiness Shop, TestOrder Order, TestDriver Dana, Guid Delivery)> NewDelivery(this ApiFixture api)
    {
        var shop = await api.NewBusiness(mode: "test");
        var (order, dana) = (await api.NewOrder(shop), await api.NewDriver(shop));
        return (shop, order, dana, await api.Assign(shop, order, dana));
    }

    public static bool Has(this JsonElement message, string member) => message.TryGetProperty(member, out _);
}
