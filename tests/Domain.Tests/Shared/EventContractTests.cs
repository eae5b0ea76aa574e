using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Mainstreet.Domain.Tests;

/// <summary>What holds for every event and every aggregate of the domain, whichever feature it belongs to.</summary>
public partial class EventContractTests
{
    private static readonly Type[] Domain = typeof(IEvent).Assembly.GetTypes();

    private static readonly Type[] Events = [.. Domain.Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(IEvent)))];

    private static readonly NullabilityInfoContext Nullability = new();

    public static TheoryData<Type> EventTypes => [.. Events];

    public static TheoryData<Type> Aggregates => [.. Domain.Where(type => AggregateInterface(type) is not null)];

    [Theory, MemberData(nameof(Aggregates))]
    public void Every_event_of_an_aggregate_is_handled_by_its_evolve(Type aggregate)
    {
        var streams = SampleStreams.All.Where(stream => stream.Aggregate == aggregate).ToArray();
        var eventBase = AggregateInterface(aggregate)!.GetGenericArguments()[1];

        foreach (var stream in streams)
        {
            stream.Fold(stream.Events);
        }

        streams.SelectMany(stream => stream.Events).Select(e => e.GetType()).Distinct().OrderBy(type => type.Name, StringComparer.Ordinal)
            .ShouldBe(Events.Where(type => type.IsAssignableTo(eventBase) && !type.IsAssignableTo(typeof(IFormerShape))).OrderBy(type => type.Name, StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Aggregates))]
    public void A_stream_folds_the_same_after_it_was_stored(Type aggregate)
    {
        foreach (var stream in SampleStreams.All.Where(stream => stream.Aggregate == aggregate))
        {
            var stored = stream.Events.Select(e => (IEvent)Copy(e)).ToArray();

            stream.Fold(stored).ShouldBeEquivalentTo(stream.Fold(stream.Events));
        }
    }

    [Fact]
    public void A_snapshot_survives_being_stored()
    {
        foreach (var state in SampleStreams.All
            .Where(stream => stream.Aggregate.IsAssignableTo(typeof(ISnapshotted)))
            .SelectMany(stream => stream.Events.Select((_, i) => stream.Fold(stream.Events.Take(i + 1)))))
        {
            Copy(state).ShouldBeEquivalentTo(state);
        }
    }

    [Fact]
    public void A_stored_name_belongs_to_one_event() => Events.Select(Name).ShouldBeUnique(StringComparer.Ordinal);

    [Theory, MemberData(nameof(EventTypes))]
    public void An_event_has_a_stored_name(Type type) => StoredName().IsMatch(Name(type)).ShouldBeTrue(Name(type));

    [Theory, MemberData(nameof(EventTypes))]
    public void A_public_event_says_what_it_means(Type type)
    {
        var declared = type.GetCustomAttribute<EventTypeAttribute>()!;

        (declared.Internal || declared.Description is [_, .., '.']).ShouldBeTrue();
    }

    [Theory, MemberData(nameof(EventTypes))]
    public void An_event_ends_with_its_time(Type type)
    {
        var last = type.GetConstructors().Single().GetParameters()[^1];

        (last.Name, last.ParameterType).ShouldBe(("At", typeof(DateTimeOffset)));
    }

    [Theory, MemberData(nameof(EventTypes))]
    public void An_event_is_listed_in_a_serializer_context(Type type) => EventJson.Options.TryGetTypeInfo(type, out _).ShouldBeTrue();

    [Theory, MemberData(nameof(EventTypes))]
    public void Personal_data_can_be_erased(Type type)
    {
        var personal = Parts(type).SelectMany(part => part.GetProperties()).Where(IsPersonal).ToArray();
        var subjects = type.GetProperties().Where(property => property.IsDefined(typeof(DataSubjectAttribute))).ToArray();

        subjects.Length.ShouldBe(personal.Length > 0 ? 1 : subjects.Length);
        subjects.Length.ShouldBeLessThanOrEqualTo(1);
        subjects.ShouldAllBe(property => property.PropertyType == typeof(Guid) || property.PropertyType.GetInterface("IId`1") != null);
        personal.ShouldAllBe(property => property.PropertyType == typeof(string) || CanBeNull(property));
    }

    /// <summary>Without <c>property:</c> the attribute sits on the constructor's parameter, where nobody looks for it.</summary>
    [Theory, MemberData(nameof(EventTypes))]
    public void Privacy_attributes_stand_on_properties(Type type) =>
        Parts(type).SelectMany(part => part.GetConstructors()).SelectMany(constructor => constructor.GetParameters())
            .ShouldAllBe(parameter => !parameter.IsDefined(typeof(PersonalDataAttribute)) && !parameter.IsDefined(typeof(DataSubjectAttribute)));

    internal static string Name(Type type) => type.GetCustomAttribute<EventTypeAttribute>()?.Name ?? $"{type.Name} has no [EventType]";

    private static object Copy(object value) =>
        JsonSerializer.Deserialize(JsonSerializer.Serialize(value, value.GetType(), EventJson.Options), value.GetType(), EventJson.Options)!;

    private static Type? AggregateInterface(Type type) =>
        type.GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IAggregate<,>) && !type.IsInterface);

    private static bool IsPersonal(PropertyInfo property) => property.IsDefined(typeof(PersonalDataAttribute));

    private static bool CanBeNull(PropertyInfo property) => Nullability.Create(property).ReadState == NullabilityState.Nullable;

    /// <summary>The event and the domain's records inside it, through arrays too.</summary>
    private static HashSet<Type> Parts(Type type)
    {
        var seen = new HashSet<Type>();
        var open = new Stack<Type>([type]);
        while (open.TryPop(out var next))
        {
            var part = next.GetElementType() ?? Nullable.GetUnderlyingType(next) ?? next;
            foreach (var argument in part.GetGenericArguments())
            {
                open.Push(argument);
            }

            if (part.Assembly == typeof(IEvent).Assembly && !part.IsEnum && seen.Add(part))
            {
                foreach (var property in part.GetProperties().Where(property => !property.GetMethod!.IsStatic))
                {
                    open.Push(property.PropertyType);
                }
            }
        }

        return seen;
    }

    [GeneratedRegex(@"^[a-z_]+\.[a-z_]+\.v\d+$", RegexOptions.ExplicitCapture)]
    private static partial Regex StoredName();
}
