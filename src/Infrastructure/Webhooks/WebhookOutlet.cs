using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Application.Webhooks;
using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Messaging;
using Mainstreet.Infrastructure.Subscriptions;
using Npgsql;

namespace Mainstreet.Infrastructure.Webhooks;

/// <summary>
/// Follows every tenant's log and files each public event for each endpoint that asks for it, together with the checkpoint:
/// once, and in order. An event is matched against the endpoints as they stood at its place in the log, so whatever lags,
/// an endpoint gets all from its creation on and nothing from before.
/// </summary>
internal sealed class WebhookOutlet(EventRegistry registry, MessageTypes types, MessageSignal signal) : ISubscription
{
    public const string Subscription = "webhooks";

    /// <summary>Readers of this table wait for the subscription.</summary>
    public const string Table = "webhook_deliveries";

    public string Name => Subscription;

    public bool FromStart => false;

    public bool Handles(Type eventType) => typeof(WebhookEndpointEvent).IsAssignableFrom(eventType) || typeof(WebhookReplayEvent).IsAssignableFrom(eventType)
        || !registry.Of(eventType).Internal;

    public ISubscriptionPass Begin(TenantId tenant, IReadOnlyList<EventEnvelope> events) => new Pass(this, tenant, events);

    private NpgsqlBatchCommand Messages(TenantId tenant, IReadOnlyList<PlannedMessage> messages, EventEnvelope cause) => MessageSql.Insert(
        tenant, messages, types,
        JsonSerializer.Serialize(cause.Metadata with { Actor = Actor.System, CausationId = cause.EventId }, StoredJson.Options));

    private bool IsPublic(IEvent e) => !registry.Of(e).Internal;

    private void Announce(IReadOnlyList<PlannedMessage> messages) => signal.Inserted(messages, types);

    private sealed class Pass(WebhookOutlet outlet, TenantId tenant, IReadOnlyList<EventEnvelope> events) : ISubscriptionPass
    {
        private readonly Dictionary<Guid, WebhookLane> lanes = [];
        private readonly HashSet<Guid> changed = [];
        private readonly Dictionary<Guid, long> resumed = [];
        private readonly HashSet<Guid> deleted = [];
        private readonly HashSet<Guid> fed = [];
        private readonly List<FiledDelivery> filed = [];
        private readonly List<WebhookReplayRequested> replays = [];
        private readonly HashSet<Guid> canceled = [];
        private readonly HashSet<Guid> completed = [];
        private PlannedMessage[] messages = [];

        public IReadOnlyList<NpgsqlBatchCommand> Reads { get; } = [OutletSql.SelectLanes(tenant)];

        public async Task Read(NpgsqlDataReader reader, CancellationToken cancellationToken)
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                lanes.Add(reader.GetGuid(0), new(JsonSerializer.Deserialize<WebhookEndpointSettings>(reader.GetString(1), StoredJson.Options)!, reader.GetBoolean(2)));
            }
        }

        public IEnumerable<NpgsqlBatchCommand> Writes()
        {
            foreach (var envelope in events)
            {
                Follow(envelope);
                if (outlet.IsPublic(envelope.Event))
                {
                    File(envelope);
                }
            }

            // deliveries before lanes before messages, as those who send lock them
            messages = [.. fed.Where(id => lanes.TryGetValue(id, out var lane) && lane.Enabled).Select(Message), .. replays.Select(Message)];
            return
            [
                .. filed.Count > 0 ? [OutletSql.Insert(tenant, filed)] : Array.Empty<NpgsqlBatchCommand>(),
                .. resumed.Count > 0 ? OutletSql.Resume(tenant, resumed) : [],
                .. replays.Select(replay => ReplaySql.Begin(tenant, replay)),
                .. canceled.Select(replay => ReplaySql.CancelDeliveries(tenant, replay)),
                .. canceled.Concat(completed).Select(replay => ReplaySql.Close(tenant, replay)),
                .. deleted.Count > 0 ? OutletSql.Delete(tenant, [.. deleted]) : [],
                .. changed.Except(deleted).Any() ? [OutletSql.Upsert(tenant, [.. changed.Except(deleted).Select(id => (id, lanes[id]))])] : Array.Empty<NpgsqlBatchCommand>(),
                .. messages.Length > 0 ? [outlet.Messages(tenant, messages, events[^1])] : Array.Empty<NpgsqlBatchCommand>(),
            ];
        }

        public void Committed() => outlet.Announce(messages);

        private void Follow(EventEnvelope envelope)
        {
            switch (envelope.Event)
            {
                case WebhookEndpointCreated created:
                    Change(created.WebhookEndpointId, new(created.Settings, Enabled: true));
                    break;
                case WebhookEndpointUpdated updated:
                    Change(updated.WebhookEndpointId, lanes[updated.WebhookEndpointId.Value] with { Settings = updated.Settings });
                    break;
                case WebhookEndpointDisabled disabled:
                    Change(disabled.WebhookEndpointId, lanes[disabled.WebhookEndpointId.Value] with { Enabled = false });
                    break;
                case WebhookEndpointEnabled enabled:
                    Change(enabled.WebhookEndpointId, lanes[enabled.WebhookEndpointId.Value] with { Enabled = true });
                    resumed[enabled.WebhookEndpointId.Value] = enabled.ResumeFrom switch
                    {
                        WebhookResume.LastAcked => 0,
                        WebhookResume.Now => envelope.Position,
                        WebhookResume.Position => enabled.ResumePosition!.Value,
                    };
                    fed.Add(enabled.WebhookEndpointId.Value);
                    break;
                case WebhookEndpointDeleted gone:
                    lanes.Remove(gone.WebhookEndpointId.Value);
                    deleted.Add(gone.WebhookEndpointId.Value);
                    break;
                case WebhookReplayRequested requested:
                    replays.Add(requested);
                    break;
                case WebhookReplayCanceled end:
                    canceled.Add(end.WebhookReplayId.Value);
                    fed.Add(end.WebhookEndpointId.Value); // what it held goes on
                    break;
                case WebhookReplayCompleted end:
                    completed.Add(end.WebhookReplayId.Value);
                    break;
            }
        }

        private void Change(WebhookEndpointId endpoint, WebhookLane lane)
        {
            lanes[endpoint.Value] = lane;
            changed.Add(endpoint.Value);
        }

        private void File(EventEnvelope envelope)
        {
            var data = new EventData(envelope);
            foreach (var (endpoint, lane) in lanes)
            {
                if (lane.Settings.Wants(envelope.PublicType, data.Read))
                {
                    filed.Add(new(Uuid.New(), endpoint, envelope, lane.Settings.Payload));
                    fed.Add(endpoint);
                }
            }
        }

        private static PlannedMessage Message(WebhookReplayRequested replay) =>
            new(Uuid.New(), new FileWebhookReplay(replay.WebhookReplayId), DueAt: null, FileWebhookReplay.DedupeKey(replay.WebhookReplayId), Target: null);

        private static PlannedMessage Message(Guid endpoint)
        {
            var id = new WebhookEndpointId(endpoint);
            return new(Uuid.New(), new DeliverWebhooks(id), DueAt: null, DeliverWebhooks.DedupeKey(id), Target: null);
        }
    }
}

/// <summary>An endpoint as the outlet knows it at its place in the log.</summary>
internal sealed record WebhookLane(WebhookEndpointSettings Settings, bool Enabled);

/// <summary>An event for an endpoint.</summary>
internal sealed record FiledDelivery(Guid DeliveryId, Guid EndpointId, EventEnvelope Envelope, PayloadKind Payload);
