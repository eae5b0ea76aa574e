using System.Collections.Concurrent;
using System.Threading.Channels;
using Mainstreet.Api.Tests.Orders;

namespace Mainstreet.Api.Tests.Faults;

/// <summary>An order of which the shopper has an answer, with the key under which it was placed.</summary>
/// <param name="Status">As the last answered step left it.</param>
internal sealed record Bought(TestOrder Order, Basket Basket, string Key, string Status);

/// <summary>
/// Guests who buy and a business that serves them, without a pause. What is not answered is sent again under its key, to
/// whichever process is there next, until it is answered.
/// </summary>
internal sealed class Shoppers(ApiProcess product, string storefront, string ownersToken, Guid[] variants)
{
    private readonly ConcurrentQueue<Bought> bought = new();
    private readonly Channel<ApiAnswer> answers = Channel.CreateUnbounded<ApiAnswer>();
    private volatile bool closing;
    private int repeated;

    public IReadOnlyCollection<Bought> Bought => bought;

    /// <summary>How many requests were sent again.</summary>
    public int Repeated => repeated;

    public Task Run(int shoppers) => Task.WhenAll(Enumerable.Range(0, shoppers).Select(Shop));

    /// <summary>Each ends what it has begun.</summary>
    public void Close() => closing = true;

    /// <summary>Waits for so many more answers.</summary>
    public async Task Answers(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await answers.Reader.ReadAsync(TestContext.Current.CancellationToken);
        }
    }

    public Task<ApiAnswer> Place(Basket basket, string key) =>
        Answered(http => new Session(http).Post($"/storefronts/{storefront}/orders", basket).Key(key), 201);

    private async Task Shop(int shopper)
    {
        for (var turn = shopper; !closing; turn++)
        {
            var (method, status, steps) = Fate(turn);
            var key = Guid.NewGuid().ToString();
            var basket = new Basket(new BasketLine(variants[turn % variants.Length], (turn % 2) + 1)) { PaymentMethod = method };
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

    private Task<ApiAnswer> Take(TestOrder order, string step)
    {
        var key = Guid.NewGuid().ToString();
        object? body = step switch
        {
            "cancel" => new { reason = "sold out" },
            "collect" => new { cash_collected = OrderStarters.Eur(order.Total) },
            _ => null,
        };
        return Answered(http => new Session(http, ownersToken).Post($"{order.Path}/{step}", body).Key(key), 204);
    }

    private async Task<ApiAnswer> Answered(Func<HttpClient, ApiRequest> request, int status)
    {
        while (true)
        {
            var http = await product.Http;
            try
            {
                var answer = await request(http).Returns(status);
                answers.Writer.TryWrite(answer);
                return answer;
            }
            catch (HttpRequestException)
            {
                Interlocked.Increment(ref repeated); // the process is gone, and Http is the next one by now
            }
        }
    }
}
