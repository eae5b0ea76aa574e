using Mainstreet.Api.Tests;
using Mainstreet.Api.Tests.Webhooks;

namespace Mainstreet.Faults;

/// <summary>Processes of the product on one PostgreSQL, with a shop that is busy while a fault happens, and the verdict afterwards.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private const int Guests = 2;

    private WebhookReceiver? receiver;
    private Shoppers? shoppers;
    private Task shopping = Task.CompletedTask;

    private Scene()
    {
    }

    /// <summary>Of all processes, unless they have a private one.</summary>
    public DatabaseServer Server { get; } = new();

    public Fleet Product { get; private set; } = null!;

    public Caller Caller { get; private set; } = null!;

    public Shop Shop { get; private set; } = null!;

    public WholeDatabase Database => new(Product[0].Database);

    /// <summary>Busy from now on.</summary>
    public static Task<Scene> Begin(int processes) => Begin(async scene =>
    {
        await scene.Server.Start();
        await scene.Open(new Fleet(processes, scene.Server.ConnectionString));
    });

    /// <summary>One process with a private PostgreSQL; busy from now on.</summary>
    public static Task<Scene> BeginPrivately() => Begin(scene => scene.Open(new Fleet(size: 1, database: null)));

    /// <summary>All is ended, and judged.</summary>
    public async Task End()
    {
        var (rates, sentAgain) = (Caller.Rates, Caller.Repeated);
        shoppers!.Close();
        await shopping;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{shoppers.Bought.Count} orders, {shoppers.Received.Count} receipts, {rates}, {sentAgain} requests sent again");
        await new Verdict(await Shop.SignedIn(Product[0].Http), shoppers, Database, receiver!).Given();
    }

    public async ValueTask DisposeAsync()
    {
        shoppers?.Close();
        if (Product is not null)
        {
            await Product.DisposeAsync();
        }

        await shopping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // whoever has failed has told the test
        await Server.DisposeAsync();
        if (receiver is not null)
        {
            await receiver.DisposeAsync();
        }
    }

    /// <summary>What has begun is ended also when the rest cannot begin.</summary>
    private static async Task<Scene> Begin(Func<Scene, Task> open)
    {
        var scene = new Scene();
        try
        {
            await open(scene);
            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    private async Task Open(Fleet product)
    {
        Product = product;
        receiver = await WebhookReceiver.Start();
        await product.Start();
        Shop = await Shop.Open(product[0].Http, receiver);
        Caller = new Caller(product);
        shoppers = new Shoppers(Caller, Shop);
        shopping = shoppers.Run(Guests, Shop.Keepers);
    }
}
