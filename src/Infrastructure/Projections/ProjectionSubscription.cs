using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Subscriptions;
using Npgsql;

namespace Mainstreet.Infrastructure.Projections;

/// <summary>Keeps the live generation of one view up to date.</summary>
internal sealed class ProjectionSubscription(ViewTable table) : ISubscription
{
    public string Name => table.Name;

    public bool FromStart => true;

    public bool Handles(Type eventType) => table.Projection.Handles(eventType);

    public ISubscriptionPass Begin(TenantId tenant, IReadOnlyList<EventEnvelope> events) => new Pass(table, tenant, events);

    private sealed class Pass : ISubscriptionPass
    {
        private readonly ViewTable table;
        private readonly TenantId tenant;
        private readonly List<(EventEnvelope Envelope, ViewKey Key, object Seed, Func<object, object?> Fold)> touches = [];
        private Dictionary<ViewKey, ViewRow> rows = [];

        public Pass(ViewTable table, TenantId tenant, IReadOnlyList<EventEnvelope> events)
        {
            (this.table, this.tenant) = (table, tenant);
            foreach (var envelope in events)
            {
                var context = new FoldContext(envelope.StreamId, envelope.Version, envelope.EventId, envelope.Metadata.Actor);
                foreach (var (seed, fold) in table.Projection.Touch(envelope.Event, context))
                {
                    touches.Add((envelope, table.KeyOf(seed), seed, fold));
                }
            }

            var keys = touches.Select(touch => touch.Key).Distinct().ToArray();
            Reads = keys.Length == 0 ? [] : [ViewRows.Select(table, tenant.Value, keys)];
        }

        public IReadOnlyList<NpgsqlBatchCommand> Reads { get; }

        public async Task Read(NpgsqlDataReader reader, CancellationToken cancellationToken) =>
            rows = await ViewRows.Read(table, reader, cancellationToken);

        public IEnumerable<NpgsqlBatchCommand> Writes()
        {
            var changed = new Dictionary<ViewKey, ViewRow>();
            foreach (var (envelope, key, seed, fold) in touches)
            {
                var stored = rows.GetValueOrDefault(key);
                if (stored is not null && envelope.Position <= stored.Position)
                {
                    continue; // an inline write was here first
                }

                var before = changed.GetValueOrDefault(key) ?? stored;
                var view = fold(before?.View ?? seed);
                changed[key] = new(key, view, envelope.Position);
            }

            return ViewRows.Write(table, tenant.Value, changed.Values, inline: false);
        }

        public void Committed()
        {
        }
    }
}
