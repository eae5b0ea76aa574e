using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Subscriptions;
using Npgsql;

namespace Mainstreet.Infrastructure.Messaging;

/// <summary>Turns a policy's reactions into messages, once: they commit together with the checkpoint.</summary>
internal sealed class PolicySubscription(IPolicy policy, MessageTypes types, MessageSignal signal) : ISubscription
{
    public const string Prefix = "policy:";

    public string Name => NameOf(policy);

    public static string NameOf(IPolicy policy) => Prefix + policy.Name;

    public bool FromStart => false;

    public bool Handles(Type eventType) => policy.Handles(eventType);

    public ISubscriptionPass Begin(TenantId tenant, IReadOnlyList<EventEnvelope> events) => new Pass(this, tenant, events);

    private sealed class Pass(PolicySubscription owner, TenantId tenant, IReadOnlyList<EventEnvelope> events) : ISubscriptionPass
    {
        private readonly List<PlannedMessage> planned = [];

        public IReadOnlyList<NpgsqlBatchCommand> Reads => [];

        public Task Read(NpgsqlDataReader reader, CancellationToken cancellationToken) => Task.CompletedTask;

        public IEnumerable<NpgsqlBatchCommand> Writes()
        {
            foreach (var envelope in events)
            {
                var messages = owner.Reactions(envelope);
                if (messages.Length > 0)
                {
                    planned.AddRange(messages);
                    var metadata = envelope.Metadata with { Actor = Actor.System, CausationId = envelope.EventId };
                    yield return MessageSql.Insert(tenant, messages, owner.Types, JsonSerializer.Serialize(metadata, StoredJson.Options));
                }
            }
        }

        public void Committed() => owner.Announce(planned);
    }

    private MessageTypes Types => types;

    private PlannedMessage[] Reactions(EventEnvelope envelope) =>
    [
        .. policy.React(envelope).Select((reaction, i) => new PlannedMessage(
            Uuid.Named("policy", policy.Name, envelope.EventId.ToString(), i.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            reaction.Command, reaction.Tenant is null ? reaction.DueAt : null, reaction.DedupeKey, reaction.Tenant)),
    ];

    private void Announce(List<PlannedMessage> messages) => signal.Inserted(messages, types);
}
