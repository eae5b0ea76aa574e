using Mainstreet.Api.Tests.Orders;

namespace Mainstreet.Api.Tests.Http;

/// <summary>One business asks for ten times what it may, and another one notices nothing (SEC-06, SEC-07).</summary>
public sealed class CrowdedNeighbours(CrowdedNeighbours.Product product) : IClassFixture<CrowdedNeighbours.Product>
{
    private const int Limit = 60;

    private readonly ApiFixture api = product.Api;

    [Fact]
    public async Task A_flood_ends_at_the_limit_of_its_business()
    {
        var (flooding, quiet) = (await api.NewBusiness(), await api.NewBusiness());
        await flooding.Sell();
        await quiet.Sell();
        var flood = Task.WhenAll(Enumerable.Range(0, 10 * Limit).Select(_ => flooding.Owner.Get("/business/products").Send()));
        for (var i = 0; i < 40; i++)
        {
            await quiet.Owner.Get("/business/products").Returns(200);
        }

        var answers = await flood;
        answers.Count(answer => answer.Status == 200).ShouldBeInRange(Limit - 10, Limit);
        answers.Where(answer => answer.Status != 200).ShouldAllBe(answer => answer.Status == 429 && answer.Json.GetProperty("policy").GetString() == "business");
        answers.Where(answer => answer.Status != 200).ShouldAllBe(answer => answer.Header("Retry-After") != null);
    }

    [Fact]
    public async Task What_takes_the_database_too_long_is_given_up()
    {
        var shop = await api.NewBusiness();
        await using (await new WholeDatabase(api.Database).Shut("products"))
        {
            (await shop.Owner.Get("/business/products").Refused(503, "query_timeout")).Header("Retry-After").ShouldBe("5");
        }

        await shop.Owner.Get("/business/products").Returns(200);
    }

    public sealed class Product : IAsyncLifetime
    {
        internal ApiFixture Api { get; } = new(
            hasDemo: false, ("Limits:Business:Requests", $"{Limit}"), ("Limits:Business:Window", "01:00:00"), ("Database:ReadTimeout", "00:00:01"), ("Database:PoolSize", "12"));

        public ValueTask InitializeAsync() => Api.InitializeAsync();

        public ValueTask DisposeAsync() => Api.DisposeAsync();
    }
}
