using System.Reflection;
using Mainstreet.Domain;

namespace Mainstreet.Application;

/// <summary>Marks the members of a view record that identify a row within a tenant.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KeyAttribute : Attribute;

/// <summary>An index of a view's table; tenant and generation lead it by themselves.</summary>
public sealed record ViewIndex(IReadOnlyList<string> Columns, DomainError? Unique, string Suffix, string? Where);

/// <summary>What a fold may know beside the event: all of it is known before the commit.</summary>
public sealed class FoldContext(Guid streamId, int version, Guid eventId, Func<Actor> actor)
{
    public Guid StreamId => streamId;

    public int Version => version;

    public Guid EventId => eventId;

    /// <summary>Read from the event's metadata, which most folds can do without.</summary>
    public Actor Actor => actor();
}

/// <summary>A read model: how events fold into rows. Declared, pure and versioned; folds never look anything up.</summary>
public interface IProjection
{
    /// <summary>Readers use rm.{Name}.</summary>
    string Name { get; }

    /// <summary>Raise it whenever the shape or a fold changes: a new table is built beside the old one.</summary>
    int Version { get; }

    Type ViewType { get; }

    /// <summary>Written in the commit itself. Such a view has one row per stream, keyed by the stream's id.</summary>
    bool Inline { get; }

    IReadOnlyList<ViewIndex> Indexes { get; }

    /// <summary>SQL conditions that every row fulfils; the wall behind the decisions.</summary>
    IReadOnlyList<(string Condition, DomainError Error)> Checks { get; }

    /// <summary>Further tables with a row for each part of a row.</summary>
    IReadOnlyList<ViewParts> Parts { get; }

    /// <summary>The events that it folds.</summary>
    IReadOnlyCollection<Type> EventTypes { get; }

    bool Handles(Type eventType);

    /// <summary>For each row that the event touches: an empty row with its key, and the fold from the row before.</summary>
    IEnumerable<(object Seed, Func<object, object?> Fold)> Touch(IEvent e, FoldContext context);
}

/// <summary>
/// A table with a row for each part of a view's row, such as the variants of a product: to search, to join and to keep
/// unique what lies inside a row. It is written together with the row. The first key members are those of the row.
/// </summary>
/// <param name="name">Readers use rm.{name}.</param>
public sealed class ViewParts(string name, Type type, Func<object, IEnumerable<object>> of)
{
    private readonly List<ViewIndex> indexes = [];

    public string Name => name;

    public Type Type => type;

    public Func<object, IEnumerable<object>> Of => of;

    public IReadOnlyList<ViewIndex> Indexes => indexes;

    /// <inheritdoc cref="Projection{TView}.Index" />
    public ViewParts Index(params string[] columns)
    {
        indexes.Add(new(columns, null, $"_{indexes.Count + 1}", null));
        return this;
    }

    /// <inheritdoc cref="Projection{TView}.Unique" />
    public ViewParts Unique(DomainError error, string? where, params string[] columns)
    {
        indexes.Add(new(columns, error, $"_{indexes.Count + 1}", where));
        return this;
    }
}

/// <inheritdoc />
/// <example>
/// On&lt;OrderPlaced&gt;(e => new SalesByDay(e.BusinessDate, e.Total.Currency), (day, e) => day with { Orders = day.Orders + 1 });
/// </example>
public abstract class Projection<TView>(string name, int version, bool inline = false) : IProjection
    where TView : class
{
    private readonly Dictionary<Type, Func<IEvent, FoldContext, IEnumerable<(object, Func<object, object?>)>>> handlers = [];
    private readonly List<ViewIndex> indexes = [];
    private readonly List<ViewParts> parts = [];
    private readonly List<(string, DomainError)> checks = [];

    public string Name => name;

    public int Version => version;

    public bool Inline => inline;

    public Type ViewType => typeof(TView);

    public IReadOnlyList<ViewIndex> Indexes => indexes;

    public IReadOnlyList<(string Condition, DomainError Error)> Checks => checks;

    public IReadOnlyList<ViewParts> Parts => parts;

    public IReadOnlyCollection<Type> EventTypes => handlers.Keys;

    public bool Handles(Type eventType) => handlers.ContainsKey(eventType);

    public IEnumerable<(object Seed, Func<object, object?> Fold)> Touch(IEvent e, FoldContext context) =>
        handlers.TryGetValue(e.GetType(), out var handler) ? handler(e, context) : [];

    /// <summary>One row per event. A fold that answers null removes the row.</summary>
    protected void On<TEvent>(Func<TEvent, TView> seed, Func<TView, TEvent, TView?> fold) where TEvent : class, IEvent =>
        On(seed, (view, e, _) => fold(view, e));

    protected void On<TEvent>(Func<TEvent, TView> seed, Func<TView, TEvent, FoldContext, TView?> fold) where TEvent : class, IEvent =>
        On((e, _) => seed(e), fold);

    /// <summary>A row whose key is not in the event itself, such as the event's id: in a view that is not inline.</summary>
    protected void On<TEvent>(Func<TEvent, FoldContext, TView> seed, Func<TView, TEvent, FoldContext, TView?> fold) where TEvent : class, IEvent =>
        handlers.Add(typeof(TEvent), (e, context) => [(seed((TEvent)e, context), view => fold((TView)view, (TEvent)e, context))]);

    /// <summary>One row for each part of an event, such as an order's lines.</summary>
    protected void OnEach<TEvent, TPart>(
        Func<TEvent, IEnumerable<TPart>> parts, Func<TEvent, TPart, TView> seed, Func<TView, TEvent, TPart, TView?> fold)
        where TEvent : class, IEvent =>
        handlers.Add(typeof(TEvent), (e, _) => parts((TEvent)e).Select(part =>
            ((object)seed((TEvent)e, part), (Func<object, object?>)(view => fold((TView)view, (TEvent)e, part)))));

    /// <summary>Keeps a row for each part of a row in a table of its own: see <see cref="ViewParts"/>.</summary>
    protected ViewParts PartsIn<TPart>(string table, Func<TView, IEnumerable<TPart>> parts) where TPart : class
    {
        var declared = new ViewParts(table, typeof(TPart), view => parts((TView)view));
        this.parts.Add(declared);
        return declared;
    }

    /// <param name="columns">snake_case columns, such as "placed_at desc".</param>
    protected void Index(params string[] columns) => indexes.Add(new(columns, null, $"_{indexes.Count + 1}", null));

    /// <summary>As <see cref="Index"/>, of the rows alone that fulfil <paramref name="where"/>, for lists of a few among many.</summary>
    protected void IndexWhere(string where, params string[] columns) => indexes.Add(new(columns, null, $"_{indexes.Count + 1}", where));

    /// <summary>Unique within the tenant among the rows that fulfil <paramref name="where"/>; a violation is refused with <paramref name="error"/>.</summary>
    protected void Unique(DomainError error, string? where, params string[] columns) => indexes.Add(new(columns, error, $"_{indexes.Count + 1}", where));

    protected void Check(string condition, DomainError error) => checks.Add((condition, error));
}
