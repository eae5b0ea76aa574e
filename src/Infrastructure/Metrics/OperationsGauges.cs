using System.Diagnostics.Metrics;
using Mainstreet.Application;
using Mainstreet.Infrastructure.Startup;
using Mainstreet.Infrastructure.Subscriptions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Mainstreet.Infrastructure.Metrics;

/// <summary>
/// What stands in the database and operators watch (OPS-07, OPS-10, ANA-07): how far subscriptions and queues are behind, what is
/// parked or dead, and how much there is. Looked at every 15 seconds; a tenant is named only if its log is among the longest, so that
/// the series stay few.
/// </summary>
internal sealed class OperationsGauges : BackgroundService
{
    private const int NamedTenants = 20;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);

    private readonly NpgsqlDataSource database;
    private readonly ILogger<OperationsGauges> logger;
    private readonly string[] subscriptions;
    private readonly Meter meter;
    private volatile Sample sample = Sample.None;

    public OperationsGauges(NpgsqlDataSource database, SubscriptionCatalog subscriptions, IMeterFactory meters, ILogger<OperationsGauges> logger)
    {
        (this.database, this.logger, meter) = (database, logger, meters.Create(Telemetry.Name));
        this.subscriptions = [.. subscriptions.All.Select(subscription => subscription.Name)];
        Gauge("mainstreet.subscription.lag", "s", "Age of the oldest event that the subscription has not seen", s => s.Subscriptions, "subscription", row => row.Lag);
        Gauge("mainstreet.subscription.backlog", "{event}", "Events that the subscription has not seen", s => s.Subscriptions, "subscription", row => row.Backlog);
        Gauge("mainstreet.subscription.parked", "{tenant}", "Tenants in which an event stopped the subscription", s => s.Subscriptions, "subscription", row => row.Parked);
        Gauge("mainstreet.queue.due", "{message}", "Messages that could run now, at most 10,000", s => s.Queues, "queue", row => row.Due);
        Gauge("mainstreet.queue.oldest", "s", "How long the first of them has waited", s => s.Queues, "queue", row => row.Oldest);
        Gauge("mainstreet.queue.dead_letters", "{message}", "Dead letters that nobody has dealt with", s => s.Queues, "queue", row => row.Dead);
        Gauge("mainstreet.tenant.events", "{event}", "Events in the longest logs, and in all others", s => s.Tenants, "tenant", row => row.Value);
        Gauge("mainstreet.storage.size", "By", "Bytes of the largest tables with their indexes, and of all others", s => s.Tables, "table", row => row.Value);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Loop.Every(
        Every, logger, "Reading the gauges",
        async stopping =>
        {
            try
            {
                sample = await Look(stopping);
            }
            catch
            {
                sample = Sample.None; // no value rather than an old one: alarms on absence are for this
                throw;
            }
        },
        stoppingToken, atOnce: true);

    private async Task<Sample> Look(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("select subscription, lag_seconds, events - position, parked from projection_states($1, null)") { Parameters = { new() { Value = subscriptions } } },
                new("select queue, due, oldest_seconds, dead from queue_states($1)") { Parameters = { new() { Value = Queues.All.ToArray() } } },
                new("select coalesce(tenant_id::text, 'others'), events from tenant_sizes($1)") { Parameters = { new() { Value = NamedTenants } } },
                new("""
                    with sizes as (
                      select c.relname::text as name, pg_total_relation_size(c.oid) as size from pg_class c
                       where c.relkind = 'r' and c.relnamespace in ('public'::regnamespace, 'rm'::regnamespace)),
                    named as (select *, row_number() over (order by size desc, name) as place from sizes)
                    select case when place <= $1 then name else 'others' end, sum(size)::bigint from named group by 1
                    """) { Parameters = { new() { Value = NamedTenants } } },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        return new(
            await Rows(row => new SubscriptionRow(row.GetString(0), row.GetDouble(1), row.GetInt64(2), row.GetInt32(3))),
            await Rows(row => new QueueRow(row.GetString(0), row.GetInt64(1), row.GetDouble(2), row.GetInt64(3))),
            await Rows(row => new Row(row.GetString(0), row.GetInt64(1))),
            await Rows(row => new Row(row.GetString(0), row.GetInt64(1))));

        async Task<List<T>> Rows<T>(Func<NpgsqlDataReader, T> read)
        {
            var rows = new List<T>();
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(read(reader));
            }

            await reader.NextResultAsync(cancellationToken);
            return rows;
        }
    }

    private void Gauge<T>(string name, string unit, string description, Func<Sample, List<T>> rows, string label, Func<T, double> value) where T : INamed =>
        meter.CreateObservableGauge(
            name, () => rows(sample).Select(row => new Measurement<double>(value(row), new KeyValuePair<string, object?>(label, row.Name))), unit, description);

    private interface INamed
    {
        string Name { get; }
    }

    private sealed record SubscriptionRow(string Name, double Lag, long Backlog, int Parked) : INamed;

    private sealed record QueueRow(string Name, long Due, double Oldest, long Dead) : INamed;

    private sealed record Row(string Name, long Value) : INamed;

    private sealed record Sample(List<SubscriptionRow> Subscriptions, List<QueueRow> Queues, List<Row> Tenants, List<Row> Tables)
    {
        public static readonly Sample None = new([], [], [], []);
    }
}
