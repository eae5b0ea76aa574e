using Mainstreet.Api.Tests;

namespace Mainstreet.Faults;

/// <summary>The database crashes under load, again and again; the process stays.</summary>
public sealed class LosingTheDatabase
{
    private const int Rounds = 10;

    [Fact]
    public async Task The_product_says_so_and_goes_on_when_it_is_back()
    {
        await using var scene = await Scene.Begin(processes: 1);
        var product = scene.Product[0];
        for (var round = 0; round < Rounds; round++)
        {
            await scene.Caller.Answers(500);
            await scene.Server.Crash();
            scene.Product.Remove(product); // they have met it, and come again when there is a point
            var refused = await new Session(product.Http, scene.Shop.Token)
                .Post($"/business/stock/items/{scene.Shop.Shelves[0]}/receive", new { quantity = 1, reference = "lost" }).Refused(503, "database_unavailable");
            refused.Header("Retry-After").ShouldBe("1");
            await new Session(product.Http).Get("~/health/ready").Returns(503);
            await new Session(product.Http).Get("~/health/live").Returns(200);
            await scene.Server.Start();
            scene.Product.Add(product);
        }

        scene.Caller.Repeated.ShouldBeGreaterThan(Rounds);
        await scene.End();
    }
}
