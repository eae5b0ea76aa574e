namespace Mainstreet.Benchmarks;

/// <summary>Logs of stock items, made by one statement: each is opened, and then receives.</summary>
internal static class Generated
{
    private const string Metadata = """{"actor":{"type":"system"},"command":"Benchmark","command_id":"019a2f5e-8a10-7000-8000-0123456789ab","correlation_id":"019a2f5e-8a10-7000-8000-0123456789ac","causation_id":"019a2f5e-8a10-7000-8000-0123456789ab"}""";

    /// <summary>Appends to a tenant's log.</summary>
    /// <param name="bench">Where.</param>
    /// <param name="tenant">Whose log it is.</param>
    /// <param name="items">Streams.</param>
    /// <param name="events">Of each stream.</param>
    /// <param name="interleaved">Whether the streams take turns, rather than standing one behind the other.</param>
    public static Task StockItems(Bench bench, TenantId tenant, int items, int events, bool interleaved)
    {
        var (item, version) = interleaved ? ($"(p - 1) % {items}", $"(p - 1) / {items} + 1") : ($"(p - 1) / {events}", $"(p - 1) % {events} + 1");
        return bench.Execute($$"""
            insert into events (tenant_id, stream_id, version, position, event_id, type, data, metadata, recorded_at)
            select '{{tenant}}', g.id, g.version, g.head + g.p, gen_random_uuid(),
                   case g.version when 1 then 'stock.item_opened.v1' else 'stock.received.v1' end,
                   jsonb_build_object('variant_id', g.id, 'at', '{{Bench.Now:O}}')
                     || case g.version when 1 then jsonb_build_object('policy', 'deny', 'minimum', 0) else jsonb_build_object('quantity', 1, 'reference', 'delivery ' || p) end,
                   '{{Metadata}}', now()
              from (select p, md5('{{tenant}}' || {{item}})::uuid as id, {{version}} as version,
                           (select coalesce(max(position), 0) from events where tenant_id = '{{tenant}}') as head
                      from generate_series(1, {{items * events}}) p) g
             order by g.p;
            analyze events;
            """);
    }
}
