using System.Diagnostics;
using Mainstreet.Domain;
using Mainstreet.Domain.Stock;
using Mainstreet.Infrastructure.Reads;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Mainstreet.Application.Tests.Engine;

/// <summary>Many who want to know the same while a business's connections are taken.</summary>
public sealed class JointReadTests(SharingConnections.SmallPool pool) : IClassFixture<SharingConnections.SmallPool>
{
    private const int Lock = 4711;
    private const string Levels = "select on_hand from rm.stock_levels where variant_id = any (@variants)";

    /// <summary>Waits for whoever holds the lock.</summary>
    private const string HeldLevels = $"{Levels} and (select pg_advisory_xact_lock_shared(4711)) is not null";

    private EngineHost Engine => pool.Engine;

    private JointReads Joint => Engine.Services.GetRequiredService<JointReads>();

    [Fact]
    public async Task Those_that_wait_are_told_once_what_holds_when_their_turn_comes()
    {
        var tenant = await Engine.NewTenant();
        var item = await Engine.OpenItem(tenant);
        var (first, second) = (await Open(tenant), await Open(tenant));
        var asked = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Ask(tenant, Levels, item)));
        Joint.Waiting.ShouldBe(1);

        await EngineHost.In(await Engine.Twin(), tenant, services => services.GetRequiredService<IAggregates>().Update<StockItem, StockEvent>(
            item, expectedVersion: null, state => state.Count(5, EngineHost.Day), TestContext.Current.CancellationToken));
        await first.DisposeAsync();
        await second.DisposeAsync();

        var answers = await Task.WhenAll(asked.Select(read => read.Answer));
        answers.ShouldAllBe(answer => ReferenceEquals(answer, answers[0]));
        answers[0].ShouldBe([5m]);
    }

    [Fact]
    public async Task Nobody_is_told_what_was_read_before_they_asked()
    {
        var tenant = await Engine.NewTenant();
        var item = await Engine.OpenItem(tenant);
        var (first, second) = (await Open(tenant), await Open(tenant));
        await using var held = new NpgsqlConnection(Engine.OwnerConnection);
        await held.OpenAsync(TestContext.Current.CancellationToken);
        await Run(held, $"select pg_advisory_lock({Lock})");
        var early = await Ask(tenant, HeldLevels, item);
        await first.DisposeAsync();
        await Until(async () => (await Engine.Rows("select count(*) from pg_locks where locktype = 'advisory' and objid = $1 and not granted", row => row.GetInt64(0), (long)Lock)) is [1]);

        var late = await Ask(tenant, HeldLevels, item);
        await Run(held, $"select pg_advisory_unlock({Lock})");
        await second.DisposeAsync();
        (await late.Answer).ShouldNotBeSameAs(await early.Answer);
    }

    [Fact]
    public async Task Others_questions_are_answered_by_themselves()
    {
        var (tenant, other) = (await Engine.NewTenant(), await Engine.NewTenant());
        var (item, another) = (await Engine.OpenItem(tenant), await Engine.OpenItem(tenant));
        SharedConnection[] held = [await Open(tenant), await Open(tenant), await Open(other), await Open(other)];
        Asked[] asked = [await Ask(tenant, Levels, item), await Ask(tenant, Levels, item, another), await Ask(tenant, $"{Levels} order by 1", item), await Ask(other, Levels, item)];
        Joint.Waiting.ShouldBe(4);
        foreach (var connection in held)
        {
            await connection.DisposeAsync();
        }

        (await Task.WhenAll(asked.Select(read => read.Answer))).Select(answer => answer.Count).ShouldBe([1, 2, 1, 0]);
    }

    [Fact]
    public async Task Who_gives_up_leaves_the_answer_to_the_others()
    {
        var tenant = await Engine.NewTenant();
        var item = await Engine.OpenItem(tenant);
        var (first, second) = (await Open(tenant), await Open(tenant));
        using var patience = new CancellationTokenSource();
        var impatient = await Ask(tenant, Levels, patience.Token, item);
        var patient = await Ask(tenant, Levels, item);
        await patience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => impatient.Answer);

        await first.DisposeAsync();
        await second.DisposeAsync();
        (await patient.Answer).ShouldBe([0m]);
    }

    [Fact]
    public async Task Nobody_reads_for_those_who_have_all_gone()
    {
        var tenant = await Engine.NewTenant();
        var item = await Engine.OpenItem(tenant);
        var (first, second) = (await Open(tenant), await Open(tenant));
        using var patience = new CancellationTokenSource();
        var asked = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Ask(tenant, Levels, patience.Token, item)));
        await patience.CancelAsync();
        foreach (var read in asked)
        {
            await Should.ThrowAsync<OperationCanceledException>(() => read.Answer);
        }

        Joint.Waiting.ShouldBe(0);
        var next = await Ask(tenant, Levels, item);
        await first.DisposeAsync();
        await second.DisposeAsync();
        (await next.Answer).ShouldBe([0m]);
    }

    private async Task<SharedConnection> Open(TenantId tenant) =>
        await Engine.Services.GetRequiredService<TenantShares>().Open(tenant, TestContext.Current.CancellationToken);

    private Task<Asked> Ask(TenantId tenant, string sql, params Guid[] variants) => Ask(tenant, sql, CancellationToken.None, variants);

    /// <summary>Asked, and not answered yet.</summary>
    private Task<Asked> Ask(TenantId tenant, string sql, CancellationToken cancellationToken, params Guid[] variants) => Engine.In(
        tenant, services => Task.FromResult(new Asked(services.GetRequiredService<IReadStore>().List<decimal>(sql, new { Variants = variants }, cancellationToken))));

    private static async Task Until(Func<Task<bool>> holds)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(30));
        }
    }

    private static async Task Run(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private sealed record Asked(Task<IReadOnlyList<decimal>> Answer);
}
