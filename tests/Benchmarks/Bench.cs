using System.Diagnostics;
using Mainstreet.Application;
using Mainstreet.Infrastructure;
using Mainstreet.Infrastructure.Messaging;
using Mainstreet.Infrastructure.Startup;
using Mainstreet.Infrastructure.Tenancy;
using Mainstreet.Infrastructure.Postgres;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Mainstreet.Benchmarks;

/// <summary>The product without its edge, on a private PostgreSQL that is as durable as in production, with a database of its own.</summary>
internal sealed class Bench : IAsyncDisposable
{
    /// <summary>How often each figure is measured; the medians are printed.</summary>
    public const int Rounds = 3;

    public static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private readonly string folder = Path.Combine(Path.GetTempPath(), "mainstreet-bench");
    private EmbeddedPostgres server = null!;
    private readonly List<IHost> hosts = [];
    private string owner = "";

    public IServiceProvider Services => hosts[0].Services;

    /// <summary>As the runtime role.</summary>
    public NpgsqlDataSource Database => Services.GetRequiredService<NpgsqlDataSource>();

    /// <summary>As the owner, for the raw ceiling.</summary>
    public NpgsqlDataSource Owner { get; private set; } = null!;

    /// <param name="following">Whether projections, policies and messages run beside what is measured.</param>
    /// <param name="processes">How many instances of the product share the database.</param>
    public static async Task<Bench> Start(bool following = true, int processes = 1)
    {
        var bench = new Bench();
        bench.server = await EmbeddedPostgres.StartAsync(new() { Directory = bench.folder, Durable = true }, CancellationToken.None);
        var name = $"bench_{Guid.CreateVersion7():N}";
        await using (var source = NpgsqlDataSource.Create(bench.server.ConnectionString))
        await using (var create = source.CreateCommand($"create database {name}"))
        {
            await create.ExecuteNonQueryAsync();
        }

        bench.owner = new NpgsqlConnectionStringBuilder(bench.server.ConnectionString) { Database = name, MaxAutoPrepare = 50, AutoPrepareMinUsages = 2, MaxPoolSize = 64 }.ConnectionString;
        bench.Owner = NpgsqlDataSource.Create(bench.owner);
        for (var i = 0; i < processes; i++)
        {
            await bench.StartHost(following);
        }

        return bench;
    }

    private async Task StartHost(bool following)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings:Mainstreet"] = owner,
            ["Security:MasterKey"] = Convert.ToBase64String(new byte[32]),
            ["Database:PoolSize"] = "40",
        });
        builder.Services.AddInfrastructure();
        builder.Services.AddSingleton(new MessageTypes([typeof(Committed).Assembly, typeof(Bench).Assembly]));
        builder.Services.AddScoped<IRequestHandler<TallyOnce, Committed>, TallyOnceHandler>();
        hosts.Add(builder.Build());
        _ = hosts[^1].Services.GetRequiredService<NpgsqlDataSource>(); // starts and migrates it
        if (following)
        {
            await hosts[^1].StartAsync();
        }
    }

    public async Task<TenantId> NewTenant()
    {
        var tenant = new TenantId(Uuid.New());
        await using var command = Database.CreateCommand("select register_tenant($1, 'business', 'live', 'active', null, null)");
        command.Parameters.Add(new() { Value = tenant.Value });
        await command.ExecuteNonQueryAsync();
        return tenant;
    }

    /// <summary>One request's worth of work in a scope of its own.</summary>
    /// <param name="process">Which instance works; they take turns.</param>
    /// <param name="actor">By whom; left out: the system.</param>
    public async Task<T> In<T>(TenantId tenant, Func<IServiceProvider, Task<T>> work, int process = 0, Actor? actor = null)
    {
        await using var scope = hosts[process % hosts.Count].Services.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<RequestContext>();
        context.Command = "Benchmark";
        await scope.ServiceProvider.GetRequiredService<ITenantScope>().Open(tenant, actor ?? Actor.System, CancellationToken.None);
        return await work(scope.ServiceProvider);
    }

    public async Task<List<TenantId>> NewTenants(int count)
    {
        var tenants = new List<TenantId>();
        while (tenants.Count < count)
        {
            tenants.Add(await NewTenant());
        }

        return tenants;
    }

    public async Task Execute(string sql)
    {
        await using var command = Owner.CreateCommand(sql);
        command.CommandTimeout = 600;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>How often the work was done by so many workers in that time, each going round the tenants.</summary>
    public static async Task<int> Measure(int workers, List<TenantId> tenants, Func<TenantId, Task> work, TimeSpan duration)
    {
        var (watch, times) = (Stopwatch.StartNew(), 0);
        await Task.WhenAll(Enumerable.Range(0, workers).Select(worker => Task.Run(async () =>
        {
            for (var i = worker; watch.Elapsed < duration; i++)
            {
                await work(tenants[i % tenants.Count]);
                Interlocked.Increment(ref times);
            }
        })));
        return times;
    }

    /// <param name="sorted">The least first.</param>
    /// <param name="percent">How many of a hundred are at most what is answered.</param>
    public static double At(IReadOnlyList<double> sorted, int percent) => sorted[sorted.Count * percent / 100];

    public static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    public async ValueTask DisposeAsync()
    {
        foreach (var host in hosts)
        {
            await host.StopAsync();
            await ((IAsyncDisposable)host).DisposeAsync();
        }

        await Owner.DisposeAsync();
        await server.DisposeAsync();
    }
}
