using Mainstreet.Application.Businesses;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Infrastructure.Projections;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Mainstreet.Application.Tests.Engine;

/// <summary>A release that raises the version of a view starts with an empty table, beside processes of the release before.</summary>
public sealed class RaisedViewTests : IAsyncLifetime
{
    private const string SelectNames = "select subdomain from rm.businesses order by subdomain";

    private readonly EngineHost engine = new();

    public ValueTask InitializeAsync() => engine.InitializeAsync();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task What_a_table_that_is_being_filled_does_not_show_yet_is_taken_all_the_same()
    {
        var position = await Register(engine.Services, "corner");
        await engine.Read<string>(TenantId.Platform, SelectNames, position);

        IServiceProvider later;
        await using (await StoppedPumps())
        {
            later = await engine.Twin(raised: "businesses");
            (await Names(later)).ShouldBeEmpty();
            (await Names(engine.Services)).ShouldBe(["corner"]);
            (await Health(later)).ShouldBe(HealthStatus.Unhealthy);
            (await Should.ThrowAsync<UnavailableException>(() => Register(later, "corner"))).Code.ShouldBe("view_building");
        }

        (await Should.ThrowAsync<DomainException>(() => Register(later, "corner"))).Error.ShouldBe(BusinessErrors.SubdomainTaken);
        (await Names(later)).ShouldBe(["corner"]);
        while (await Health(later) is not HealthStatus.Healthy)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Each writes a table of its own in its commits.</summary>
    [Fact]
    public async Task Two_releases_side_by_side_keep_the_same_names_unique()
    {
        var later = await engine.Twin(raised: "businesses");
        for (var i = 0; i < 10; i++)
        {
            await Register(later, $"new-{i}");
            (await Should.ThrowAsync<DomainException>(() => Register(engine.Services, $"new-{i}"))).Error.ShouldBe(BusinessErrors.SubdomainTaken);
            await Register(engine.Services, $"old-{i}");
            (await Should.ThrowAsync<DomainException>(() => Register(later, $"old-{i}"))).Error.ShouldBe(BusinessErrors.SubdomainTaken);
        }

        (await engine.Rows("select subscription from parks", row => row.GetString(0))).ShouldBeEmpty();
    }

    private static async Task<long> Register(IServiceProvider process, string subdomain) => (await EngineHost.In(
        process, TenantId.Platform, services => services.GetRequiredService<IMediator>().Send(
            new RegisterBusiness(new(new(Uuid.New()), subdomain, subdomain, "EUR", "Europe/Berlin", Owner: null))))).Position;

    private static Task<IReadOnlyList<string>> Names(IServiceProvider process) => EngineHost.In(
        process, TenantId.Platform, services => services.GetRequiredService<IReadStore>().List<string>(SelectNames, null, TestContext.Current.CancellationToken));

    private static async Task<HealthStatus> Health(IServiceProvider process) =>
        (await process.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken)).Entries["views"].Status;

    /// <summary>Nobody moves the platform's subscriptions until this is disposed of.</summary>
    private async Task<IAsyncDisposable> StoppedPumps()
    {
        var connection = new NpgsqlConnection(engine.OwnerConnection);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"begin; select 1 from tenant_checkpoints where tenant_id = '{TenantId.Platform}' for update", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }
}
