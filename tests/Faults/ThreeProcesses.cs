using System.Diagnostics;
using System.Globalization;

namespace Mainstreet.Faults;

/// <summary>Three processes on one database, of which one after the other is killed and comes back.</summary>
public sealed class ThreeProcesses
{
    private const int Processes = 3;

    /// <summary>The long run: FAULTS_SECONDS=120</summary>
    private static readonly TimeSpan Duration =
        TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable("FAULTS_SECONDS") ?? "30", CultureInfo.InvariantCulture));

    [Fact]
    public async Task What_one_has_begun_the_others_end()
    {
        await using var scene = await Scene.Begin(Processes);
        var started = Stopwatch.GetTimestamp();
        for (var turn = 0; Stopwatch.GetElapsedTime(started) < Duration; turn++)
        {
            var victim = scene.Product[turn % Processes];
            await scene.Caller.Answers(200);
            await scene.Product.Kill(victim);
            await scene.Caller.Answers(100);
            await scene.Product.Start(victim);
        }

        await scene.End();
    }
}
