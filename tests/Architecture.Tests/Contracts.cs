using System.Reflection;
using System.Text.RegularExpressions;
using Mainstreet.Application;
using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Architecture.Tests;

/// <summary>Names and shapes that are stored, and so outlive the code that wrote them. Stored events are covered by Domain.Tests.</summary>
public partial class Contracts
{
    private static readonly Type[] Application = typeof(Committed).Assembly.GetTypes();

    private static readonly Type[] Messages = [.. Application.Where(type => type.IsDefined(typeof(MessageAttribute)))];

    private static readonly Type[] Events = [.. typeof(IEvent).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IEvent)) && !type.IsAbstract)];

    private static readonly Type[] Snapshots =
        [.. typeof(IEvent).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(ISnapshotted)) && !type.IsInterface)];

    private static readonly Type[] Answers = [.. Application.Where(type => type.IsAssignableTo(typeof(Committed)))];

    [Fact]
    public void A_message_has_a_stored_name_of_its_own_and_a_queue_that_is_served()
    {
        var attributes = Messages.Select(type => type.GetCustomAttribute<MessageAttribute>()!).ToArray();

        attributes.Select(message => message.Name).ShouldBeUnique(StringComparer.Ordinal);
        attributes.Select(message => message.Name).Where(name => !MessageName().IsMatch(name)).ShouldBeEmpty();
        attributes.Select(message => message.Queue).Except(Queues.All, StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public void A_message_is_a_command() => Messages.Where(type => !type.IsAssignableTo(typeof(IRequest<Committed>))).ShouldBeEmpty();

    /// <summary>Checkpoints, tables and messages are kept under these names.</summary>
    [Fact]
    public void A_projection_or_policy_has_a_stored_name_of_its_own()
    {
        Instances<IProjection>().Select(projection => projection.Name).ShouldBeUnique(StringComparer.Ordinal);
        Instances<IPolicy>().Select(policy => policy.Name).ShouldBeUnique(StringComparer.Ordinal);
        Instances<IProjection>().Select(projection => projection.Name).Concat(Instances<IPolicy>().Select(policy => policy.Name))
            .Where(name => !Name().IsMatch(name)).ShouldBeEmpty();
    }

    /// <summary>Such a version is the ETag that callers send back: with an event left out it would be behind its stream, and refused as stale.</summary>
    [Fact]
    public void A_view_with_its_stream_s_version_follows_every_event_of_the_stream()
    {
        var views = Instances<IProjection>().Where(projection => projection.Inline && projection.ViewType.GetProperty("Version") is not null).ToArray();

        views.ShouldNotBeEmpty();
        views.SelectMany(view => Events.Where(e => Events.Any(other => other.BaseType == e.BaseType && view.Handles(other)) && !view.Handles(e))
            .Select(e => $"{view.Name}: {e.Name}")).ShouldBeEmpty();
    }

    /// <summary>Only events are stored encrypted, each with its subject's key. Anything else that is stored would outlive an erasure.</summary>
    [Theory]
    [InlineData(nameof(Snapshots))]
    [InlineData(nameof(Messages))]
    [InlineData(nameof(Answers))]
    public void What_is_stored_in_the_clear_holds_no_personal_data(string kind)
    {
        var stored = kind switch { nameof(Snapshots) => Snapshots, nameof(Messages) => Messages, _ => Answers };

        stored.ShouldNotBeEmpty();
        stored.SelectMany(PersonalMembers).ShouldBeEmpty();
    }

    private static IEnumerable<T> Instances<T>() =>
        Application.Where(type => type.IsAssignableTo(typeof(T)) && type is { IsAbstract: false, IsInterface: false }).Select(type => (T)Activator.CreateInstance(type)!);

    /// <summary>Of the type and of the product's types inside it, through collections too.</summary>
    private static IEnumerable<string> PersonalMembers(Type type)
    {
        var seen = new HashSet<Type>();
        var open = new Stack<Type>([type]);
        while (open.TryPop(out var next))
        {
            foreach (var argument in next.GetElementType() is { } element ? [element] : next.GetGenericArguments())
            {
                open.Push(argument);
            }

            if (next.Namespace?.StartsWith(nameof(Mainstreet), StringComparison.Ordinal) == true && seen.Add(next))
            {
                foreach (var property in next.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                {
                    open.Push(property.PropertyType);
                    if (property.IsDefined(typeof(PersonalDataAttribute)))
                    {
                        yield return $"{type.Name}: {next.Name}.{property.Name}";
                    }
                }
            }
        }
    }

    [GeneratedRegex(@"^[a-z_]+\.[a-z_]+$")]
    private static partial Regex MessageName();

    [GeneratedRegex("^[a-z][a-z_]*$")]
    private static partial Regex Name();
}
