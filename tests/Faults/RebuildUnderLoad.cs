using System.Text.Json;
using Mainstreet.Api.Tests;

namespace Mainstreet.Faults;

/// <summary>Every projection is rebuilt while a business is busy and others begin, and while somebody looks at what it shows.</summary>
public sealed class RebuildUnderLoad
{
    [Fact]
    public async Task Nobody_sees_it_and_every_row_is_as_it_was()
    {
        await using var scene = await Scene.Begin(processes: 1);
        await scene.Caller.Answers(1000);
        var http = scene.Product[0].Http;
        var operators = await Operator.Token(http);
        var reader = new ViewReader(http, scene.Shop, operators);
        var reading = reader.Run();

        var own = await RebuildAll(scene, scene.Shop.Token, "/business/projections", () => scene.Caller.Answers(20));
        var founded = 0;
        var all = await RebuildAll(scene, operators, "/admin/projections", async () =>
        {
            await Shop.NewBusiness(http, $"newcomer-{founded++}");
            await scene.Caller.Answers(20);
        });

        await scene.Caller.Answers(200);
        reader.Close();
        await reading;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{own} projections of the business and {all} of all rebuilt, while {founded} businesses began; looked at {reader.Rounds} times");
        await scene.End();
    }

    /// <summary>How many there were.</summary>
    private static async Task<int> RebuildAll(Scene scene, string token, string projections, Func<Task> meanwhile)
    {
        var asking = await new Session(scene.Product[0].Http, token).SteppedUp();
        var rebuilds = new List<string>();
        foreach (var projection in (await asking.Get(projections).Returns(200)).Data)
        {
            var path = $"{projections}/{projection.GetProperty("name").GetString()}/rebuilds";
            rebuilds.Add($"{path}/{(await asking.Post(path, new { @switch = "auto" }).Returns(201)).Id}");
        }

        foreach (var path in rebuilds)
        {
            var rebuild = await Ended(new Session(scene.Product[0].Http, token), path, meanwhile);
            rebuild.GetProperty("status").GetString().ShouldBe("switched", $"{path}: {rebuild}");
            rebuild.GetProperty("built").ToString().ShouldBe(rebuild.GetProperty("live").ToString(), path);
        }

        return rebuilds.Count;
    }

    /// <summary>Looks again after some work more.</summary>
    private static async Task<JsonElement> Ended(Session session, string path, Func<Task> meanwhile)
    {
        while (true)
        {
            var rebuild = (await session.Get(path).Returns(200)).Json;
            if (rebuild.GetProperty("status").GetString() is "switched" or "failed" or "canceled")
            {
                return rebuild;
            }

            await meanwhile();
        }
    }
}
