using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Benchmarks;

/// <summary>
/// The raw ceiling: the same rows as plain inserts in one batch as the owner, without row-level security, lanes, answers or views.
/// </summary>
internal sealed class RawLog(Bench bench)
{
    private const string Metadata = """{"actor":{"type":"system"},"command":"Benchmark","command_id":"019a2f5e-8a10-7000-8000-0123456789ab","correlation_id":"019a2f5e-8a10-7000-8000-0123456789ac","causation_id":"019a2f5e-8a10-7000-8000-0123456789ab"}""";

    private static readonly string data = $$"""{"series":"{{new string('n', 240)}}","number":1,"at":"2026-03-02T09:00:00+00:00"}""";

    public Task Create() => bench.Execute("create table raw_events (like events including all)");

    public async Task Append(TenantId tenant, int events)
    {
        await using var connection = await bench.Owner.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        var stream = Uuid.New();
        for (var version = 1; version <= events; version++)
        {
            batch.BatchCommands.Add(Insert(tenant, stream, version));
        }

        await batch.ExecuteNonQueryAsync();
    }

    public static NpgsqlBatchCommand Insert(TenantId tenant, Guid stream, int version) => new("""
        insert into raw_events (tenant_id, stream_id, version, position, event_id, type, data, metadata, recorded_at)
        values ($1, $2, $3, $4, $5, 'number_series.taken.v1', $6, $7, clock_timestamp())
        """)
    {
        Parameters =
        {
            new() { Value = tenant.Value },
            new() { Value = stream },
            new() { Value = version },
            new() { Value = Random.Shared.NextInt64(1, long.MaxValue) },
            new() { Value = Uuid.New() },
            new() { Value = data, NpgsqlDbType = NpgsqlDbType.Jsonb },
            new() { Value = Metadata, NpgsqlDbType = NpgsqlDbType.Jsonb },
        },
    };
}
