using System.Diagnostics;
using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Domain.Orders;
using Mainstreet.Domain.Stock;
using Mainstreet.Infrastructure.Tenancy;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Api.Tests.Deliveries;

/// <summary>A driver who can sign in.</summary>
public sealed record TestDriver(Guid Id, string Email, Session Session);

/// <summary>An order of two pieces of one thing, of which there were ten.</summary>
public sealed record TestOrder(Guid Id, Guid Variant, long Total);

internal static class DeliveryStarters
{
    public const long Fee = 350;
    public const long Total = 2750;

    public static async Task<TestDriver> NewDriver(this ApiFixture api, TestBusiness business, string name = "Dana")
    {
        var email = Starters.NewEmail(name);
        var added = await api.As(business).Post("/business/drivers", new { name, email, password = Starters.Password, vehicle_type = "bicycle" }).Returns(201);
        var token = Starters.Token(await api.Guest.Post("/auth/login", new { email, password = Starters.Password }).Returns(200));
        return new(added.Id, email, api.As(token));
    }

    /// <summary>An order on which the business has got as far as told.</summary>
    public static async Task<TestOrder> NewOrder(
        this ApiFixture api, TestBusiness business, OrderStatus status = OrderStatus.Ready, DeliveryType type = DeliveryType.Delivery, bool prepaid = false)
    {
        var order = new TestOrder(Guid.CreateVersion7(), Guid.CreateVersion7(), Total);
        await api.In(business, lane => lane.Run(
            streams => streams.Of<Order>(order.Id).Of<StockItem>(order.Variant),
            (log, now) =>
            {
                log.Append<StockItem, StockEvent>(order.Variant, StockItem.Open(new(order.Variant), StockPolicy.Deny, 0, now));
                log.Append<StockItem, StockEvent>(order.Variant, log.Get<StockItem>(order.Variant).Receive(10, null, null, now));
                log.Append<StockItem, StockEvent>(order.Variant, log.Get<StockItem>(order.Variant).Reserve(new(order.Id), 2, now));
                OrderLine[] lines = [OrderLine.Priced(1, new(Guid.CreateVersion7()), new(order.Variant), "Watering can", "green", 2, new(1200, "EUR"), note: "with a bow")];
                log.Append<Order, OrderEvent>(order.Id, Order.Place(
                    new(
                        new(order.Id), "1001", OrderChannel.Online, type, lines,
                        OrderTotals.Of(lines, taxIncluded: true, Money.Zero("EUR"), new(Fee, "EUR"), Money.Zero("EUR")),
                        prepaid ? PaymentMethod.Card : PaymentMethod.Cash, new(Guid.CreateVersion7()), new("Carla Berg", "carla@example.com", "+49 30 123456"),
                        new("Lindenstr. 1", "Berlin", "10969", "DE"), DateOnly.FromDateTime(now.UtcDateTime), "hash", new(10, 15, 20, AutoConfirm: false)),
                    now));
                Step(prepaid, o => o.AuthorizePayment("paid", now));
                Step(status >= OrderStatus.Confirmed, o => o.Confirm(null, now));
                Step(status >= OrderStatus.Ready, o => o.MarkReady(now));
                return new Committed(log.Version(order.Id));

                void Step(bool wanted, Func<Order, OrderEvent[]> step)
                {
                    if (wanted)
                    {
                        log.Append<Order, OrderEvent>(order.Id, step(log.Get<Order>(order.Id)));
                    }
                }
            },
            TestContext.Current.CancellationToken));
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

    /// <summary>What is on the shelf, and what of it is promised.</summary>
    public static async Task<(decimal OnHand, decimal Reserved)> Stock(this ApiFixture api, TestBusiness business, TestOrder order)
    {
        await using var scope = await api.Scope(business);
        var item = await scope.ServiceProvider.GetRequiredService<IAggregates>().Find<StockItem, StockEvent>(order.Variant, TestContext.Current.CancellationToken);
        return (item!.State.OnHand, item.State.Reserved);
    }

    public static async Task<(string? Status, string? PaymentStatus)> Sold(this ApiFixture api, TestBusiness business, TestOrder order)
    {
        var sold = (await api.As(business).Get($"/business/orders/{order.Id}").Returns(200)).Json;
        return (sold.GetProperty("status").GetString(), sold.GetProperty("payment_status").GetString());
    }

    /// <summary>What happened to a thing, by whom.</summary>
    public static async Task<(string? Type, string? Actor, Guid? Id)[]> History(this ApiFixture api, TestBusiness business, string kind, Guid id) =>
    [
        .. (await api.As(business).Get($"/history/{kind}/{id}").Returns(200)).Data.Select(entry => (
            entry.GetProperty("type").GetString(), entry.GetProperty("actor").GetProperty("type").GetString(), entry.GetProperty("actor").OptionalGuid("id"))),
    ];

    /// <summary>Asks again until the answer is as told: what comes by a message between tenants has no position to wait for.</summary>
    public static async Task<ApiAnswer> Until(this ApiRequest request, Func<ApiAnswer, bool> holds)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var answer = await request.Send();
            if (holds(answer))
            {
                return answer;
            }

            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(60), $"{request.Path}: {answer.Text}");
        }
    }

    private static async Task<T> In<T>(this ApiFixture api, TestBusiness business, Func<ILane, Task<T>> work)
    {
        await using var scope = await api.Scope(business);
        return await work(scope.ServiceProvider.GetRequiredService<ILane>());
    }

    private static async Task<AsyncServiceScope> Scope(this ApiFixture api, TestBusiness business)
    {
        var scope = api.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ITenantScope>().Open(new(business.Id), Actor.System, TestContext.Current.CancellationToken);
        return scope;
    }
}
