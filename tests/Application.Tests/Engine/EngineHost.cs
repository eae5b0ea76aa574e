using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Domain.Stock;
using Mainstreet.Infrastructure;
using Mainstreet.Infrastructure.Messaging;
using Mainstreet.Infrastructure.Projections;
using Mainstreet.Infrastructure.Tenancy;
using Mainstreet.TestSupport;
using MediatR;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mainstreet.Application.Tests.Engine;

/// <summary>The product without its edge, on a database of its own.</summary>
public sealed class EngineHost : IAsyncLifetime
{
    public static readonly DateTimeOffset Day = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    private TestDatabase? database;
    private IHost? host;
    private readonly List<IHost> twins = [];
    private readonly (string Name, string Value)[] settings;
    private readonly Action<IServiceCollection>? also;

    public EngineHost() : this([])
    {
    }

    internal EngineHost(params (string Name, string Value)[] settings) => this.settings = settings;

    /// <param name="also">Registered last, in place of the product's.</param>
    internal EngineHost(Action<IServiceCollection> also) : this([]) => this.also = also;

    public IServiceProvider Services => host!.Services;

    /// <summary>Connects as the runtime role.</summary>
    public NpgsqlDataSource Database => Services.GetRequiredService<NpgsqlDataSource>();

    /// <summary>Connects as the owner, whom row-level security does not bind.</summary>
    public string OwnerConnection => database!.ConnectionString;

    public async ValueTask InitializeAsync()
    {
        database = await MainstreetDatabase.CloneAsync();
        host = await Start();
    }

    /// <summary>A second process on the same database.</summary>
    /// <param name="raised">Of a later release, in which the views of these names have a higher version.</param>
    public async Task<IServiceProvider> Twin(params string[] raised)
    {
        twins.Add(await Start(raised));
        return twins[^1].Services;
    }

    private async Task<IHost> Start(params string[] raised)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(MainstreetDatabase.Settings(database!));
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Critical);
        builder.Services.AddInfrastructure();
        builder.Services.AddSingleton<IProjection, ArrivalsProjection>().AddSingleton<IProjection, ItemCountProjection>().AddSingleton<IProjection, SuperstitiousProjection>();
        builder.Services.AddSingleton<IPolicy, ChainPolicy>();
        builder.Services.AddSingleton(new MessageTypes([typeof(Committed).Assembly, typeof(EngineHost).Assembly]));
        builder.Services.AddSingleton<Failures>().AddSingleton<Holds>();
        builder.Services.AddScoped<IRequestHandler<Receive, Committed>, ReceiveHandler>();
        builder.Services.AddScoped<IRequestHandler<Fail, Committed>, FailHandler>();
        builder.Services.AddScoped<IRequestHandler<FailOnce, Committed>, FailOnceHandler>();
        builder.Services.AddScoped<IRequestHandler<ScheduleFailOnce, Committed>, ScheduleFailOnceHandler>();
        builder.Services.AddScoped<IRequestHandler<ReceiveChain, Committed>, ReceiveChainHandler>();
        builder.Services.AddScoped<IRequestHandler<ReceiveDaily, Committed>, ReceiveDailyHandler>();
        builder.Services.AddScoped<IRequestHandler<ScheduleReceive, Committed>, ScheduleReceiveHandler>();
        builder.Services.AddScoped<IRequestHandler<ScheduleFail, Committed>, ScheduleFailHandler>();
        builder.Services.AddScoped<IRequestHandler<TakeAll, Committed>, TakeAllHandler>();
        builder.Services.AddScoped<IRequestHandler<Hold, Committed>, HoldHandler>();
        builder.Services.AddScoped<IRequestHandler<ScheduleHold, Committed>, ScheduleHoldHandler>();
        builder.Services.AddScoped<IRequestHandler<HoldProvider, Committed>, HoldHandler>();
        builder.Services.AddScoped<IRequestHandler<ScheduleProviderHolds, Committed>, ScheduleProviderHoldsHandler>();
        builder.Services.AddScoped<IRequestHandler<SendMail, Committed>, SendMailHandler>();
        builder.Services.AddScoped<IRequestHandler<ScheduleMail, Committed>, ScheduleMailHandler>();
        builder.Services.AddScoped<IRequestHandler<StepThenFailure, Committed>, StepThenFailureHandler>();
        builder.Services.AddScoped<IRequestHandler<ScheduleStepThenFailure, Committed>, ScheduleStepThenFailureHandler>();
        also?.Invoke(builder.Services);
        if (raised is not [])
        {
            builder.Services.AddSingleton(provider => new ViewCatalog(provider.GetServices<IProjection>()
                .Select(projection => raised.Contains(projection.Name) ? new RaisedProjection(projection) : projection)));
        }

        var started = builder.Build();
        await started.StartAsync();
        return started;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var running in twins.Append(host!))
        {
            await running.StopAsync();
            await ((IAsyncDisposable)running).DisposeAsync();
        }

        await database!.DisposeAsync();
    }

    /// <summary>A tenant of its own, active, without the events that a business would have.</summary>
    /// <param name="frozenAt">Where the clock of a test tenant stands.</param>
    /// <param name="clock">Another's, to live by; left out: one of its own, with the id of the tenant.</param>
    public async Task<TenantId> NewTenant(DateTimeOffset? frozenAt = null, Guid? clock = null)
    {
        var tenant = new TenantId(Uuid.New());
        await using var command = Database.CreateCommand("select register_tenant($1, 'business', $2, 'active', $3, $4)");
        command.Parameters.Add(new() { Value = tenant.Value });
        command.Parameters.Add(new() { Value = frozenAt is null ? "live" : "test" });
        command.Parameters.Add(new() { Value = frozenAt is null ? DBNull.Value : clock ?? tenant.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Uuid });
        command.Parameters.Add(new() { Value = (object?)frozenAt ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
        await command.ExecuteNonQueryAsync();
        return tenant;
    }

    /// <summary>Work in a scope of its own, as one request is.</summary>
    public Task<T> In<T>(TenantId tenant, Func<IServiceProvider, Task<T>> work, Action<RequestContext>? prepare = null) => In(Services, tenant, work, prepare);

    /// <summary>The same in a certain process.</summary>
    public static async Task<T> In<T>(IServiceProvider process, TenantId tenant, Func<IServiceProvider, Task<T>> work, Action<RequestContext>? prepare = null)
    {
        await using var scope = process.CreateAsyncScope();
        var context = scope.ServiceProvider.GetRequiredService<RequestContext>();
        context.Command = "Test";
        prepare?.Invoke(context);
        await scope.ServiceProvider.GetRequiredService<ITenantScope>().Open(tenant, new Actor("user", Guid.Empty, "owner"), CancellationToken.None);
        return await work(scope.ServiceProvider);
    }

    public Task<TResult> Send<TResult>(TenantId tenant, IRequest<TResult> command, Action<RequestContext>? prepare = null) =>
        In(tenant, services => services.GetRequiredService<IMediator>().Send(command), prepare);

    /// <summary>An item of stock in a tenant, without any.</summary>
    public async Task<Guid> OpenItem(TenantId tenant, Guid? id = null)
    {
        var variant = id ?? Uuid.New();
        await In(tenant, services => services.GetRequiredService<IAggregates>().Create<StockItem, StockEvent>(
            variant, () => StockItem.Open(new(variant), StockPolicy.Deny, 0, Day), CancellationToken.None));
        return variant;
    }

    public Task<decimal> OnHand(TenantId tenant, Guid variant) => In(tenant, async services =>
        (await services.GetRequiredService<IAggregates>().Find<StockItem, StockEvent>(variant, CancellationToken.None))!.State.OnHand);

    /// <summary>A read that waits for a position, as one with min_position does.</summary>
    public Task<IReadOnlyList<T>> Read<T>(TenantId tenant, string sql, long position, TimeSpan? wait = null) => In(
        tenant, services => services.GetRequiredService<IReadStore>().List<T>(sql, null, CancellationToken.None),
        context =>
        {
            context.MinPosition = position;
            context.Wait = wait ?? TimeSpan.FromSeconds(20);
        });

    /// <summary>Rows straight from the database, as the owner.</summary>
    public async Task<List<T>> Rows<T>(string sql, Func<NpgsqlDataReader, T> read, params object[] parameters)
    {
        await using var source = NpgsqlDataSource.Create(OwnerConnection);
        await using var command = source.CreateCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(new() { Value = parameter });
        }

        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
