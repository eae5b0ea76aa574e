namespace Mainstreet.Faults;

/// <summary>The one process is killed under load, again and again.</summary>
public sealed class KillNine
{
    private const int Rounds = 20;

    [Fact]
    public async Task Nothing_is_lost_and_nothing_happens_twice()
    {
        await using var scene = await Scene.Begin(processes: 1);
        for (var round = 0; round < Rounds; round++)
        {
            await scene.Caller.Answers(500);
            await scene.Product.Kill(scene.Product[0]);
            await scene.Product.Start(scene.Product[0]);
        }

        scene.Caller.Repeated.ShouldBeGreaterThan(Rounds);
        await scene.End();
    }
}
