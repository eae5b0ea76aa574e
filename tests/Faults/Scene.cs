using Mainstreet.Api.Tests;
using Mainstreet.Api.Tests.Webhooks;

namespace Mainstreet.Faults;

/// <summary>Processes of the product on one PostgreSQL, with a shop that is busy while a fault happens, and the verdict afterwards.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private const int Shoppers = 3;
    private const int Keepers = 9;

    private WebhookReceiver receiver = null!;
    private Shop shop = null!;
    private Shoppers shoppers = null!;
    private Task shopping = Task.CompletedTask;

    private Scene()
    {
    }

    public DatabaseServer Server { get; } = new();

    public Fleet Product { get; private set; } = null!;

    public Caller Caller { get; private set; } = null!;

    public Shop Shop => shop;

    /// <summary>Busy from now on.</summary>
    public static async Task<Scene> Begin(int processes)
    {
        var scene = new Scene { receiver = await WebhookReceiver.Start() };
        await scene.Server.Start();
        scene.Product = new Fleet(processes, scene.Server.ConnectionString);
        await scene.Product.Start();
        scene.shop = await Shop.Open(await scene.Product.Next(), scene.receiver);
        scene.Caller = new Caller(scene.Product);
        scene.shoppers = new Shoppers(scene.Caller, scene.shop);
        scene.shopping = scene.shoppers.Run(Shoppers, Keepers);
        return scene;
    }

    public WholeDatabase Database => new(Server.ConnectionString);

    /// <summary>All is ended, and judged.</summary>
    public async Task End()
    {
        var (rate, sentAgain) = (Caller.Rate, Caller.Repeated);
        shoppers.Close();
        await shopping;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{shoppers.Bought.Count} orders, {shoppers.Received.Count} receipts, {rate} writes/s, {sentAgain} requests sent again");
        using var patient = Product.Patient();
        await new Verdict(shop.At(patient), shoppers, Database, receiver).Given();
    }

    public async ValueTask DisposeAsync()
    {
        Product.Dispose();
        await Server.DisposeAsync();
        await receiver.DisposeAsync();
    }
}
