using Mainstreet.Application.Projections;
using Mainstreet.Domain;
using Mainstreet.Domain.Stock;
using Mainstreet.Infrastructure.Startup;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mainstreet.Application.Tests.Engine;

/// <summary>Work in the background goes on, whatever it meets.</summary>
public class LoopTests(LoopTests.Interrupted interrupted) : IClassFixture<LoopTests.Interrupted>
{
    [Fact]
    public async Task A_turn_that_fails_is_followed_by_another_and_nothing_but_its_own_end_ends_a_loop()
    {
        using var end = new CancellationTokenSource();
        var faults = new Queue<Exception>([new TimeoutException(), new OperationCanceledException()]);
        var again = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var loop = Loop.Run(
            NullLogger.Instance, "A test",
            async stopping =>
            {
                if (faults.TryDequeue(out var fault))
                {
                    throw fault;
                }

                again.SetResult();
                await new TaskCompletionSource().Task.WaitAsync(stopping);
            },
            end.Token);
        await again.Task;
        loop.IsCompleted.ShouldBeFalse();
        await end.CancelAsync();
        await loop;
    }

    [Fact]
    public async Task What_was_cancelled_by_somebody_else_takes_no_worker_from_the_subscriptions()
    {
        var engine = interrupted.Engine;
        foreach (var _ in Enumerable.Range(0, 4))
        {
            var tenant = await engine.NewTenant();
            await engine.Send(tenant, new Receive(await engine.OpenItem(tenant), InterruptedProjection.Fatal));
        }

        var other = await engine.NewTenant();
        var written = await engine.Send(other, new Receive(await engine.OpenItem(other), 1));
        (await engine.Read<Arrivals>(other, "select day, items, quantity from rm.test_arrivals", written.Position)).Sum(day => day.Quantity).ShouldBe(1);
    }

    [Fact]
    public async Task What_cannot_be_removed_keeps_nothing_else_from_it()
    {
        var engine = interrupted.Engine;
        await engine.Rows(
            """
            create or replace function prune_commands(older_than timestamptz, most int) returns bigint language plpgsql as $$
            begin
              raise exception 'the disk is broken here';
            end $$
            """, _ => 0);
        await engine.Rows("insert into attempts (tenant_id, key, count, last_at) values (gen_random_uuid(), 'x', 1, now() - interval '1 year')", _ => 0);

        await engine.Services.GetServices<IHostedService>().OfType<Housekeeping>().Single().PruneAll(TestContext.Current.CancellationToken);

        (await engine.Rows("select 1 from attempts", row => row.GetInt32(0))).ShouldBeEmpty();
    }

    /// <summary>An own engine: what it meets would not leave others alone.</summary>
    public sealed class Interrupted : IAsyncLifetime
    {
        internal EngineHost Engine { get; } = new(services => services.AddSingleton<IProjection, InterruptedProjection>());

        public ValueTask InitializeAsync() => Engine.InitializeAsync();

        public ValueTask DisposeAsync() => Engine.DisposeAsync();
    }

    public sealed record Received([property: Key] VariantId Id, int Events);

    public sealed class InterruptedProjection : Projection<Received>
    {
        public const int Fatal = 17;

        public InterruptedProjection() : base("test_interrupted", version: 1) => On<StockReceived>(
            e => new(e.VariantId, 0),
            (item, e) => e.Quantity == Fatal ? throw new OperationCanceledException() : item with { Events = item.Events + 1 });
    }
}
