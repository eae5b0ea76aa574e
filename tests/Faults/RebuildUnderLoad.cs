using System.Text.Json;
using Mainstreet.Api.Tests;

namespace Mainstreet.Faults;

/// <summary>Every projection of a busy business is rebuilt, while somebody looks at what it shows.</summary>
public sealed class RebuildUnderLoad
{
    [Fact]
    public async Task Nobody_sees_it_and_every_row_is_as_it_was()
    {
        await using var scene = await Scene.Begin(processes: 1);
        await scene.Caller.Answers(1000);
        var reader = new ViewReader(scene.Product[0].Http, scene.Shop);
        var reading = reader.Run();
        var owner = await new Session(scene.Product[0].Http, scene.Shop.Token).SteppedUp();
        var names = (await owner.Get("/business/projections").Returns(200)).Data.Select(projection => projection.GetProperty("name").GetString()).ToArray();
        var rebuilds = new List<string>();
        foreach (var name in names)
        {
            rebuilds.Add($"/business/projections/{name}/rebuilds/{(await owner.Post($"/business/projections/{name}/rebuilds", new { @switch = "auto" }).Returns(201)).Id}");
        }

        foreach (var path in rebuilds)
        {
            var rebuild = await Ended(scene, path);
            rebuild.GetProperty("status").GetString().ShouldBe("switched", $"{path}: {rebuild}");
            rebuild.GetProperty("built").ToString().ShouldBe(rebuild.GetProperty("live").ToString(), path);
        }

        await scene.Caller.Answers(200);
        reader.Close();
        await reading;
        TestContext.Current.TestOutputHelper?.WriteLine($"{rebuilds.Count} projections rebuilt, looked at {reader.Rounds} times");
        await scene.End();
    }

    /// <summary>Looks again after a few writes more.</summary>
    private static async Task<JsonElement> Ended(Scene scene, string path)
    {
        using var patient = scene.Product.Patient();
        while (true)
        {
            var rebuild = (await new Session(patient, scene.Shop.Token).Get(path).Returns(200)).Json;
            if (rebuild.GetProperty("status").GetString() is "switched" or "failed" or "canceled")
            {
                return rebuild;
            }

            await scene.Caller.Answers(20);
        }
    }
}
