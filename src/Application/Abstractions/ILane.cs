using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application;

/// <summary>
/// Commands that decide on shared state (stock, limits, numbers). All streams are named up front; they are loaded inside
/// the tenant's lane, so nothing can change between decision and commit: no conflict and no retry. The decision is
/// synchronous and pure.
/// </summary>
public interface ILane
{
    /// <param name="streams">Names every stream that the decision reads or appends to.</param>
    /// <param name="decide">Gets the loaded streams and the tenant's time; its result is stored with the commit.</param>
    /// <param name="cancellationToken">Honoured until the lane is taken; a commit is never abandoned half-way.</param>
    Task<TResult> Run<TResult>(Action<LaneStreams> streams, Func<ILaneLog, DateTimeOffset, TResult> decide, CancellationToken cancellationToken)
        where TResult : Committed;
}

/// <summary>The streams that a decision in the lane needs.</summary>
public sealed class LaneStreams
{
    private readonly Dictionary<Guid, Type> streams = [];
    private readonly List<(Type Aggregate, string Select, object Parameters)> found = [];

    public IReadOnlyDictionary<Guid, Type> All => streams;

    /// <summary>Named by what an inline view shows in the lane.</summary>
    public IReadOnlyList<(Type Aggregate, string Select, object Parameters)> Found => found;

    /// <summary>Errors: not_found (404) when the caller named one id for two things, of which at most one can exist.</summary>
    public LaneStreams Of<TAggregate>(params IEnumerable<Guid> ids) where TAggregate : class
    {
        foreach (var id in ids)
        {
            if (!streams.TryAdd(id, typeof(TAggregate)) && streams[id] != typeof(TAggregate))
            {
                throw new DomainException(DomainError.NotFound(typeof(TAggregate).Name.ToLowerInvariant()));
            }
        }

        return this;
    }

    /// <summary>
    /// Also the streams whose ids <paramref name="select"/> finds in inline views, once the lane is taken: those of a group that may have grown
    /// until then. It costs a trip more while the lane is held.
    /// </summary>
    public LaneStreams In<TAggregate>(string select, object parameters) where TAggregate : class
    {
        found.Add((typeof(TAggregate), select, parameters));
        return this;
    }
}

/// <summary>The commands that most features need, so that each says only what it decides.</summary>
public static class LaneCommands
{
    /// <summary>
    /// A command on one stream that begins with its first change. In the lane, so that two first changes do not both begin it. Errors: stale_version (412) when
    /// <paramref name="expectedVersion"/> is not the stream's version, which is 0 where there is none yet.
    /// </summary>
    /// <param name="decide">Gets the state, null where there is none yet, and the tenant's time.</param>
    public static Task<Committed> Change<TAggregate, TEvent>(
        this ILane lane, Guid id, int? expectedVersion, Func<TAggregate?, DateTimeOffset, TEvent[]> decide, CancellationToken cancellationToken)
        where TAggregate : class, IAggregate<TAggregate, TEvent>
        where TEvent : class, IEvent =>
        lane.Run(
            streams => streams.Of<TAggregate>(id),
            (log, now) =>
            {
                log.Expect(id, expectedVersion);
                log.Append<TAggregate, TEvent>(id, decide(log.Find<TAggregate>(id), now));
                return new Committed(log.Version(id));
            },
            cancellationToken);
}

/// <summary>What decisions in the lane check first.</summary>
public static class LaneChecks
{
    /// <summary>Errors: already_exists (409).</summary>
    public static void RefuseExisting<TAggregate>(this ILaneLog log, Guid id) where TAggregate : class
    {
        if (log.Find<TAggregate>(id) is not null)
        {
            throw new DomainException(DomainError.AlreadyExists(typeof(TAggregate).Name.ToLowerInvariant()));
        }
    }
}

/// <summary>The loaded streams, and what the decision appends to them.</summary>
public interface ILaneLog
{
    /// <summary>The state including what was appended so far, or null for an empty stream.</summary>
    TAggregate? Find<TAggregate>(Guid id) where TAggregate : class;

    /// <summary>As <see cref="Find"/>; error not_found (404) for an empty stream.</summary>
    TAggregate Get<TAggregate>(Guid id) where TAggregate : class;

    /// <summary>The states of all named streams of this sort that are not empty, including what was appended so far.</summary>
    IReadOnlyList<TAggregate> All<TAggregate>() where TAggregate : class;

    /// <summary>The version of the stream including what was appended so far; 0 for an empty stream.</summary>
    int Version(Guid id);

    void Append<TAggregate, TEvent>(Guid id, params TEvent[] events)
        where TAggregate : class, IAggregate<TAggregate, TEvent>
        where TEvent : class, IEvent;

    /// <summary>Runs <paramref name="command"/> later in this tenant; committed together with the events.</summary>
    void Schedule(IRequest<Committed> command, DateTimeOffset dueAt, string? dedupeKey = null);

    /// <summary>Runs <paramref name="command"/> as soon as possible in another tenant, exactly once.</summary>
    void Send(TenantId tenant, IRequest<Committed> command);
}
