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

    public bool Handles(Type eventType) => table.Handles(eventType);

    public ISubscriptionPass Begin(TenantId tenant, IReadOnlyList<EventEnvelope> events) => new Pass(table, tenant, events);

    private sealed class Pass : ISubscriptionPass
    {
        private readonly ViewTable table;
        private readonly TenantId tenant;
        private readonly ViewFold fold;
        private Dictionary<ViewKey, ViewRow> rows = [];

        public Pass(ViewTable table, TenantId tenant, IReadOnlyList<EventEnvelope> events)
        {
            (this.table, this.tenant, fold) = (table, tenant, new(table, events));
            Reads = fold.IsEmpty ? [] : [ViewRows.Select(table, tenant.Value, fold.Keys)];
        }

        public IReadOnlyList<NpgsqlBatchCommand> Reads { get; }

        public async Task Read(NpgsqlDataReader reader, CancellationToken cancellationToken) =>
            rows = await ViewRows.Read(table, reader, cancellationToken);

        public IEnumerable<NpgsqlBatchCommand> Writes() =>
            ViewRows.Write(table, tenant.Value, fold.Apply(key => rows.GetValueOrDefault(key)), inline: false);

        public void Committed()
        {
        }
    }
}
