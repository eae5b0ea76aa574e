using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application;

/// <summary>A command that a policy wants run. The command re-checks the state, so late or double delivery does nothing.</summary>
public sealed record ScheduledCommand(IRequest<Committed> Command, DateTimeOffset DueAt, string? DedupeKey = null, TenantId? Tenant = null);

/// <summary>Reacts to events with commands, now or later. Does not run when projections are rebuilt.</summary>
public interface IPolicy
{
    string Name { get; }

    bool Handles(Type eventType);

    IEnumerable<ScheduledCommand> React(EventEnvelope envelope);
}

/// <inheritdoc />
public abstract class Policy(string name) : IPolicy
{
    private readonly Dictionary<Type, Func<EventEnvelope, IEnumerable<ScheduledCommand>>> handlers = [];

    public string Name => name;

    public bool Handles(Type eventType) => handlers.ContainsKey(eventType);

    public IEnumerable<ScheduledCommand> React(EventEnvelope envelope) =>
        handlers.TryGetValue(envelope.Event.GetType(), out var handler) ? handler(envelope) : [];

    protected void On<TEvent>(Func<TEvent, ScheduledCommand?> react) where TEvent : class, IEvent =>
        On<TEvent>((e, _) => react(e));

    protected void On<TEvent>(Func<TEvent, EventEnvelope, ScheduledCommand?> react) where TEvent : class, IEvent =>
        handlers.Add(typeof(TEvent), envelope => react((TEvent)envelope.Event, envelope) is { } command ? [command] : []);

    protected static ScheduledCommand Schedule(IRequest<Committed> command, DateTimeOffset dueAt, string? dedupeKey = null) => new(command, dueAt, dedupeKey);

    /// <summary>As soon as possible, in another tenant.</summary>
    protected static ScheduledCommand SendTo(TenantId tenant, IRequest<Committed> command, DateTimeOffset now) => new(command, now, null, tenant);
}
