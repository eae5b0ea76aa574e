using System.Text.RegularExpressions;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.EventStore;

namespace Mainstreet.Infrastructure.Archives;

/// <summary>What Marten calls things: an event or aggregate by its record, in snake case (OrderPlaced: order_placed), unless mapped otherwise there.</summary>
internal sealed partial class MartenNames
{
    private readonly Dictionary<string, EventKind> byName;
    private readonly Dictionary<Type, string> aggregates;

    public MartenNames(EventRegistry registry)
    {
        byName = registry.All.ToDictionary(NameOf, StringComparer.Ordinal);
        foreach (var kind in registry.All)
        {
            byName.TryAdd(kind.Name, kind); // the stored name itself
        }

        aggregates = typeof(IEvent).Assembly.GetTypes()
            .SelectMany(type => type.GetInterfaces()
                .Where(contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IAggregate<,>) && !type.IsInterface)
                .Select(contract => (Event: contract.GetGenericArguments()[1], Name: Snake(type.Name))))
            .ToDictionary(aggregate => aggregate.Event, aggregate => aggregate.Name);
    }

    /// <summary>Null for what is none of this product's.</summary>
    public EventKind? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>In the column type of mt_events.</summary>
    public static string NameOf(EventKind kind) => Snake(kind.ClrType.Name);

    /// <summary>In the column mt_dotnet_type.</summary>
    public static string ClrNameOf(EventKind kind) => $"{kind.ClrType.FullName}, {kind.ClrType.Assembly.GetName().Name}";

    /// <summary>In the column type of mt_streams, by one of the stream's events.</summary>
    public string AggregateOf(EventKind kind) => aggregates[kind.ClrType.BaseType!];

    private static string Snake(string name) => Hump().Replace(name, "_$0").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z0-9])[A-Z]", RegexOptions.None, 1000)]
    private static partial Regex Hump();
}
