namespace Mainstreet.Faults;

/// <summary>The process and its private PostgreSQL are killed together under load, as when the machine's power goes, again and again.</summary>
public sealed class LosingTheMachine
{
    private const int Rounds = 3;

    [Fact]
    public async Task Both_come_up_again_on_the_data_as_it_was_left()
    {
        await using var scene = await Scene.BeginPrivately();
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
