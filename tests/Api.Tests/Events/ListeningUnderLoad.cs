using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Mainstreet.Api.Tests.Webhooks;

namespace Mainstreet.Api.Tests.Events;

/// <summary>A product that takes as many listeners as come.</summary>
public sealed class OpenDoors : IAsyncLifetime
{
    public ApiFixture Api { get; } = new(hasDemo: false, ("Events:StreamsPerBusiness", "100000"));

    public ValueTask InitializeAsync() => Api.InitializeAsync();

    public ValueTask DisposeAsync() => Api.DisposeAsync();
}

/// <summary>
/// Many listeners, each cut off again and again while businesses are busy. For longer runs: <c>STREAM_CLIENTS=1000 STREAM_SECONDS=60</c>;
/// with <c>STREAM_AHEAD=1</c> the delays say how long an event takes to reach everybody, and not how long the queue is.
/// </summary>
public sealed class ListeningUnderLoad(OpenDoors doors, ITestOutputHelper output) : IClassFixture<OpenDoors>
{
    private const int Clients = 200;
    private const int Seconds = 10;
    private const int Shops = 4;

    /// <summary>A business goes on when all have heard what happened so many events ago: further back than what is kept in memory.</summary>
    private const int Ahead = 300;

    private readonly ConcurrentBag<double> delays = [];
    private int connections;

    [Fact]
    public async Task Everybody_hears_everything_once()
    {
        var clients = Setting("STREAM_CLIENTS", Clients) / Shops;
        var time = TimeSpan.FromSeconds(Setting("STREAM_SECONDS", Seconds));
        var shops = await Task.WhenAll(Enumerable.Range(0, Shops).Select(_ => doors.Api.NewBusiness()));
        var heard = await Task.WhenAll(shops.Select((shop, i) => Run(shop, clients, time, new Random(20261121 + i))));

        var sorted = delays.Order().ToArray();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{clients * Shops} clients, {time.TotalSeconds} s: {heard.Sum()} events heard, {connections} connections, delay p50 {At(0.5):0} ms, p95 {At(0.95):0} ms, p99 {At(0.99):0} ms, most {At(1):0} ms"));

        double At(double part) => sorted[(int)((sorted.Length - 1) * part)];
    }

    /// <summary>Answers how many events all of them heard together.</summary>
    private async Task<long> Run(TestBusiness shop, int clients, TimeSpan time, Random random)
    {
        var before = await shop.Rename("Before");
        using var crowd = new Crowd(clients, Setting("STREAM_AHEAD", Ahead));
        var listening = Enumerable.Range(0, clients).Select(_ => Listen(shop, before, crowd, new Random(random.Next()))).ToArray();
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < time;)
        {
            await crowd.NextTurn();
            await shop.Rename($"Since {Stopwatch.GetElapsedTime(started)}");
        }

        await shop.Allow(21); // the end, for those who listen
        var heard = await Task.WhenAll(listening);
        var all = (await shop.Owner.Feed(before)).Positions();
        heard.ShouldAllBe(positions => positions.SequenceEqual(all));
        return heard.Sum(positions => (long)positions.Count);
    }

    private async Task<List<long>> Listen(TestBusiness shop, long before, Crowd crowd, Random random)
    {
        var heard = new List<long>();
        var last = before.ToString(CultureInfo.InvariantCulture);
        while (true)
        {
            await using var listener = await doors.Api.Listen(shop, "?after=0", last);
            Interlocked.Increment(ref connections);
            for (var left = random.Next(1, 200); left > 0; left--)
            {
                var e = await listener.Next();
                heard.Add(e.Position);
                last = e.Id;
                crowd.Heard(e.Position);
                if (heard.Count % 20 == 0)
                {
                    delays.Add((TimeProvider.System.GetUtcNow() - e.Json.GetProperty("timestamp").GetDateTimeOffset()).TotalMilliseconds);
                }

                if (e.Type == "business_profile.settings_changed")
                {
                    return heard;
                }
            }
        }
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    /// <summary>Holds a business back until all have heard what happened a while ago.</summary>
    private sealed class Crowd(int size, int ahead) : IDisposable
    {
        private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(60);

        private readonly ConcurrentDictionary<long, int> heard = new();
        private readonly SemaphoreSlim turns = new(ahead);

        public async Task NextTurn() => (await turns.WaitAsync(LongEnough, TestContext.Current.CancellationToken)).ShouldBeTrue("somebody has not heard everything");

        public void Dispose() => turns.Dispose();

        public void Heard(long position)
        {
            if (heard.AddOrUpdate(position, 1, static (_, count) => count + 1) == size)
            {
                heard.TryRemove(position, out _);
                turns.Release();
            }
        }
    }
}
