using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Startup;
using Microsoft.Extensions.DependencyInjection;

namespace Mainstreet.Application.Tests.Engine;

/// <summary>What one business leaves to the others, and one process to the others.</summary>
public sealed class SharingConnections(SharingConnections.SmallPool pool) : IClassFixture<SharingConnections.SmallPool>
{
    [Fact]
    public async Task A_busy_business_waits_for_its_own_share_and_keeps_nobody_waiting()
    {
        var shares = pool.Engine.Services.GetRequiredService<TenantShares>();
        var (busy, other) = (await pool.Engine.NewTenant(), await pool.Engine.NewTenant());
        var first = await shares.Open(busy, TestContext.Current.CancellationToken);
        await using var second = await shares.Open(busy, TestContext.Current.CancellationToken);
        var third = shares.Open(busy, TestContext.Current.CancellationToken);
        third.IsCompleted.ShouldBeFalse();
        for (var reads = 0; reads < 20; reads++)
        {
            await using var read = await shares.Open(other, TestContext.Current.CancellationToken);
        }

        third.IsCompleted.ShouldBeFalse();
        await first.DisposeAsync();
        await (await third).DisposeAsync();
    }

    [Fact]
    public async Task Only_so_many_may_wait_and_who_gives_up_makes_room()
    {
        var shares = pool.Engine.Services.GetRequiredService<TenantShares>();
        var busy = await pool.Engine.NewTenant();
        await using var first = await shares.Open(busy, TestContext.Current.CancellationToken);
        await using var second = await shares.Open(busy, TestContext.Current.CancellationToken);
        using var patience = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, TenantShares.MaxWaiting).Select(_ => shares.Open(busy, patience.Token)).ToArray();
        (await Should.ThrowAsync<UnavailableException>(() => shares.Open(busy, TestContext.Current.CancellationToken))).Code.ShouldBe("business_overloaded");

        await patience.CancelAsync();
        foreach (var gaveUp in waiting)
        {
            await Should.ThrowAsync<OperationCanceledException>(() => gaveUp);
        }

        var next = shares.Open(busy, TestContext.Current.CancellationToken);
        await first.DisposeAsync();
        await (await next).DisposeAsync();
    }

    [Fact]
    public async Task Processes_know_how_many_they_are()
    {
        var first = pool.Engine.Services.GetRequiredService<LiveProcesses>();
        var second = (await pool.Engine.Twin()).GetRequiredService<LiveProcesses>();
        await second.Beat(LiveProcesses.Alive, TestContext.Current.CancellationToken);
        await first.Beat(LiveProcesses.Alive, TestContext.Current.CancellationToken);
        (first.Count, second.Count).ShouldBe((2, 2));

        await second.StopAsync(TestContext.Current.CancellationToken);
        await first.Beat(LiveProcesses.Alive, TestContext.Current.CancellationToken);
        first.Count.ShouldBe(1);
    }

    public sealed class SmallPool : IAsyncLifetime
    {
        internal EngineHost Engine { get; } = new(("Database:PerBusiness", "2"));

        public ValueTask InitializeAsync() => Engine.InitializeAsync();

        public ValueTask DisposeAsync() => Engine.DisposeAsync();
    }
}
