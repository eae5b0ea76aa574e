using System.Diagnostics;
using System.Globalization;
using Mainstreet.Api.Tests;
using Mainstreet.Api.Tests.Deliveries;

namespace Mainstreet.Faults;

/// <summary>
/// One of three processes is halted in the middle of whatever it does. The others take over, and when it goes on it finds that
/// nothing of what it held is its own any more.
/// </summary>
public sealed class HaltedProcess
{
    private const int Rounds = 3;

    [Fact]
    public async Task It_can_write_nothing_with_what_it_held()
    {
        await using var scene = await Scene.Begin(processes: 3);
        for (var round = 0; round < Rounds; round++)
        {
            var (halted, other) = (scene.Product[round], scene.Product[(round + 1) % 3]);
            await scene.Caller.Answers(200);
            await halted.Halt();
            var since = Stopwatch.GetTimestamp();
            scene.Product.Remove(halted);
            var head = (await scene.Database.Number($"select max(position) from events where tenant_id = '{scene.Shop.Business.Id}'")).ToString(CultureInfo.InvariantCulture);
            await new Session(other.Http, scene.Shop.Token).Get("/business/dashboard").With("Consistency-Position", head).Until(answer => answer.Status == 200);
            var seen = Stopwatch.GetElapsedTime(since);
            await scene.Caller.Answers(200);
            TestContext.Current.TestOutputHelper?.WriteLine(
                $"projections have all that was there after {seen.TotalSeconds:F1} s, 200 further writes are answered after {Stopwatch.GetElapsedTime(since).TotalSeconds:F1} s");
            await halted.Continue();
            scene.Product.Add(halted);
        }

        await scene.End();
    }
}
