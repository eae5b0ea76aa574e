using System.Collections.Concurrent;
using Mainstreet.Api.Tests;
using Mainstreet.Api.Tests.Orders;

namespace Mainstreet.Faults;

/// <summary>An order of which the shopper has an answer, with the key under which it was placed.</summary>
/// <param name="Status">As the last answered step left it.</param>
internal sealed record Bought(TestOrder Order, Basket Basket, string Key, string Status);

/// <summary>Guests who buy, a business that serves them, and keepers of whose goods more and more come in or are found, without a pause.</summary>
internal sealed class Shoppers(Caller caller, Shop shop)
{
    private readonly ConcurrentQueue<Bought> bought = new();
    private readonly ConcurrentQueue<string> received = new();
    private volatile bool closing;

    public IReadOnlyCollection<Bought> Bought => bought;

    /// <summary>The references of the goods that came in, and the reasons of those that were found, one piece each.</summary>
    public IReadOnlyCollection<string> Received => received;

    public Task Run(int shoppers, int keepers) => Task.WhenAll([.. Enumerable.Range(0, shoppers).Select(Buy), .. Enumerable.Range(0, keepers).Select(Keep)]);

    /// <summary>Each ends what it has begun.</summary>
    public void Close() => closing = true;

    public Task<ApiAnswer> Place(Basket basket, string key) => caller.Post(token: null, $"/storefronts/{shop.Business.Subdomain}/orders", basket, key, 201);

    private async Task Keep(int keeper)
    {
        for (var turn = keeper; !closing; turn++)
        {
            var reference = $"{keeper}-{turn}";
            var (shelf, step, body) = turn % 8 == 0
                ? (turn % shop.Shelves.Length, "receive", (object)new { quantity = 1, reference })
                : (keeper % shop.Shelves.Length, "adjust", new { delta = 1, reason = reference });
            await caller.Post(shop.Token, $"/business/stock/items/{shop.Shelves[shelf]}/{step}", body, Guid.NewGuid().ToString(), 204);
            received.Enqueue(reference);
        }
    }

    private async Task Buy(int shopper)
    {
        for (var turn = shopper; !closing; turn++)
        {
            var (method, status, steps) = Fate(turn);
            var key = Guid.NewGuid().ToString();
            var basket = new Basket(new BasketLine(shop.Variants[turn % shop.Variants.Length], (turn % 2) + 1)) { PaymentMethod = method };
            var order = (await Place(basket, key)).Order();
            foreach (var step in steps)
            {
                await Take(order, step);
            }

            bought.Enqueue(new(order, basket, key, status));
        }
    }

    private static (string Method, string Status, string[] Steps) Fate(int turn) => (turn % 5) switch
    {
        0 => ("cash", "pending", []),
        1 => ("cash", "delivered", ["confirm", "start-preparation", "ready", "collect"]),
        2 => ("cash", "canceled", ["cancel"]),
        3 => ("card", "awaiting_payment", []),
        _ => ("cash", "confirmed", ["confirm"]),
    };

    private Task<ApiAnswer> Take(TestOrder order, string step) => caller.Post(shop.Token, $"{order.Path}/{step}", step switch
    {
        "cancel" => new { reason = "sold out" },
        "collect" => new { cash_collected = OrderStarters.Eur(order.Total) },
        _ => null,
    }, Guid.NewGuid().ToString(), 204);
}
