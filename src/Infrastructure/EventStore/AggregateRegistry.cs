using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Mainstreet.Domain;

namespace Mainstreet.Infrastructure.EventStore;

/// <summary>How the streams of one aggregate are folded.</summary>
/// <param name="SnapshotVersion">0 where the aggregate declares no snapshot.</param>
internal sealed record AggregateKind(Type ClrType, Type EventType, Func<object?, IEvent, object> Evolve, int SnapshotVersion, JsonTypeInfo? SnapshotJson);

/// <summary>Finds the fold of an aggregate by its type; built once per type.</summary>
internal sealed class AggregateRegistry
{
    private static readonly MethodInfo DescribeMethod =
        typeof(AggregateRegistry).GetMethod(nameof(Describe), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly ConcurrentDictionary<Type, AggregateKind> kinds = new();

    public AggregateKind Of(Type aggregate) => kinds.GetOrAdd(aggregate, static type =>
    {
        var contract = type.GetInterfaces().Single(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IAggregate<,>));
        return (AggregateKind)DescribeMethod.MakeGenericMethod(contract.GetGenericArguments()).Invoke(null, null)!;
    });

    private static AggregateKind Describe<TAggregate, TEvent>()
        where TAggregate : class, IAggregate<TAggregate, TEvent>
        where TEvent : class, IEvent
    {
        var snapshot = typeof(ISnapshotted).IsAssignableFrom(typeof(TAggregate))
            ? (int)typeof(TAggregate).GetProperty(nameof(ISnapshotted.SnapshotVersion), BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!
            : 0;
        return new(
            typeof(TAggregate), typeof(TEvent), (state, e) => TAggregate.Evolve((TAggregate?)state, (TEvent)e), snapshot,
            snapshot == 0 ? null : EventJson.Options.GetTypeInfo(typeof(TAggregate)));
    }
}
