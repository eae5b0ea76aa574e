using System.Text.RegularExpressions;

namespace Mainstreet.Architecture.Tests;

/// <summary>What no compiler checks. Exceptions are named here with their reason, and go when they are not needed any more.</summary>
public partial class SourceRules
{
    private const int MostLines = 300;

    private static readonly string[] LongFiles = [];

    private static readonly string[] Waiting =
    [
        "src/Infrastructure/Connections/TokenVault.cs",             // a token that another process refreshes
        "src/Infrastructure/EmbeddedPostgres/FileLock.cs",          // another process holds the lock, and tells nobody when it lets go
        "src/Infrastructure/EmbeddedPostgres/PostgresLifeline.cs",  // the same, of a guard that has to end first
        "src/Infrastructure/EmbeddedPostgres/PostgresServer.cs",    // a server that starts or stops says so in a file only
        "src/Infrastructure/Messaging/TestClocks.cs",               // messages that workers took before the clock began to move
        "src/Infrastructure/Reads/ReadStore.cs",                    // a checkpoint that another process moves; this one's own wake it at once
        "src/Infrastructure/Rebuilds/KeptGenerations.cs",           // the same, of a generation that another process builds
        "src/Infrastructure/Rebuilds/RebuildWorker.cs",             // live work's turn: the pause is the point
        "src/Infrastructure/Startup/Loop.cs",                       // what is broken, and tells nobody when it is whole again
        "src/Infrastructure/Subscriptions/SubscriptionRunner.cs",   // a lock that somebody holds, and lets go of without a word
        "tests/Benchmarks/DayTable.cs",                             // workers and subscriptions, whom nobody else needs to hear of
        "tests/Benchmarks/LagTable.cs",                             // a subscription, whom nobody else needs to hear of
        "tests/Benchmarks/MessagesTable.cs",                        // workers, the same
        "tests/Benchmarks/RebuildTable.cs",                         // the same
    ];

    [Fact]
    public void Files_stay_short_enough_to_be_read() =>
        Repository.Sources("src").Where(file => file.Lines > MostLines).Select(file => file.Path).ShouldBe(LongFiles);

    /// <summary>The domain is handed the time, everything else asks a TimeProvider: a test tenant's time is not the machine's.</summary>
    [Fact]
    public void Nobody_asks_a_static_clock() => Everywhere.Where(file => StaticClock().IsMatch(file.Text)).Select(file => file.Path).ShouldBeEmpty();

    [Fact]
    public void Nobody_sleeps_for_what_could_wake_him() => Everywhere.Where(file => Sleep().IsMatch(file.Text)).Select(file => file.Path).ShouldBe(Waiting);

    private static IEnumerable<SourceFile> Everywhere => Repository.Sources("src").Concat(Repository.Sources("tests"));

    [GeneratedRegex(@"\bDateTime(Offset)?\.(UtcNow|Now|Today)\b")]
    private static partial Regex StaticClock();

    [GeneratedRegex(@"\b(Thread\.Sleep|Task\.Delay|SpinWait\.\w+)\(")]
    private static partial Regex Sleep();
}
