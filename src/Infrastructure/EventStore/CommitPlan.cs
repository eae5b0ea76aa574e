using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Infrastructure.Messaging;
using Mainstreet.Infrastructure.Tenancy;
using MediatR;

namespace Mainstreet.Infrastructure.EventStore;

/// <summary>A message that a commit inserts. With <paramref name="Target"/> it goes to the outbox for that tenant.</summary>
internal sealed record PlannedMessage(Guid Id, IRequest<Committed> Command, DateTimeOffset? DueAt, string? DedupeKey, TenantId? Target);

/// <summary>An event that a commit appends to a stream.</summary>
internal sealed record PlannedEvent(StreamSlot Slot, IEvent Event, int Version, Guid EventId);

/// <summary>A decided command on its way to the log: what it writes, for whom, and the answer that is stored with it.</summary>
/// <param name="Message">Is removed with it.</param>
/// <param name="StepOf">The message in whose run it is a step of its own, which is met and not repeated when the message runs again.</param>
/// <param name="Result">Its position is filled in where it is read again.</param>
internal sealed record PlannedCommit(
    Guid CommandId, byte[]? Fingerprint, ClaimedMessage? Message, ClaimedMessage? StepOf, string Metadata, Actor Actor, Purpose Purpose, CommitPlan Plan, object? Result)
{
    public static PlannedCommit Of(RequestContext context, CommitPlan plan, object? result) =>
        new(context.CommandId!.Value, context.Fingerprint, context.Message, context.StepOf, CommitWriter.Metadata(context), context.Actor, context.Purpose, plan, result);
}

/// <summary>Everything that one command writes.</summary>
internal sealed class CommitPlan(IReadOnlyCollection<StreamSlot> slots) : ILaneLog
{
    private readonly Dictionary<Guid, StreamSlot> byId = slots.ToDictionary(slot => slot.Id);
    private readonly List<PlannedEvent> appended = [];
    private readonly OrderedDictionary<StreamSlot, List<int>> places = [];
    private readonly List<PlannedMessage> messages = [];

    /// <summary>In the order of their positions.</summary>
    public IReadOnlyList<PlannedEvent> Appended => appended;

    public IReadOnlyList<PlannedMessage> Messages => messages;

    /// <summary>In the order in which they were first appended to.</summary>
    public IReadOnlyCollection<StreamSlot> ChangedSlots => places.Keys;

    /// <summary>The indices of a changed slot's events in <see cref="Appended"/>.</summary>
    public IReadOnlyList<int> PlacesOf(StreamSlot slot) => places[slot];

    public bool IsEmpty => appended.Count == 0 && messages.Count == 0;

    public TAggregate? Find<TAggregate>(Guid id) where TAggregate : class => (TAggregate?)Slot(id, typeof(TAggregate)).State;

    public TAggregate Get<TAggregate>(Guid id) where TAggregate : class =>
        Find<TAggregate>(id) ?? throw new DomainException(DomainError.NotFound(typeof(TAggregate).Name.ToLowerInvariant()));

    public IReadOnlyList<TAggregate> All<TAggregate>() where TAggregate : class =>
        [.. slots.Where(slot => slot.Kind.ClrType == typeof(TAggregate)).Select(slot => slot.State).OfType<TAggregate>()];

    public int Version(Guid id) => byId[id].Version;

    public void Append<TAggregate, TEvent>(Guid id, params TEvent[] events)
        where TAggregate : class, IAggregate<TAggregate, TEvent>
        where TEvent : class, IEvent
    {
        var slot = Slot(id, typeof(TAggregate));
        foreach (var e in events)
        {
            slot.Append(e);
            (places.TryGetValue(slot, out var known) ? known : places[slot] = []).Add(appended.Count);
            appended.Add(new(slot, e, slot.Version, Uuid.New()));
        }
    }

    public void Schedule(IRequest<Committed> command, DateTimeOffset dueAt, string? dedupeKey = null) =>
        messages.Add(new(Uuid.New(), command, dueAt, dedupeKey, null));

    public void Send(TenantId tenant, IRequest<Committed> command) => messages.Add(new(Uuid.New(), command, null, null, tenant));

    private StreamSlot Slot(Guid id, Type aggregate) => byId.TryGetValue(id, out var slot) && slot.Kind.ClrType == aggregate
        ? slot
        : throw new InvalidOperationException($"The {aggregate.Name} stream {id} was not named up front.");
}
