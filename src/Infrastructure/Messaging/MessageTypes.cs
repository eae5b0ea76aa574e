using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Application.Messages;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Infrastructure.EventStore;
using MediatR;

namespace Mainstreet.Infrastructure.Messaging;

/// <summary>The commands that can be messages, by their stored names and by their records.</summary>
internal sealed class MessageTypes
{
    private readonly FrozenDictionary<string, Type> byName;
    private readonly FrozenDictionary<Type, MessageAttribute> byType;

    public MessageTypes(IEnumerable<Assembly> assemblies)
    {
        byType = assemblies.SelectMany(assembly => assembly.GetTypes())
            .Select(type => (type, attribute: type.GetCustomAttribute<MessageAttribute>()))
            .Where(pair => pair.attribute is not null)
            .ToFrozenDictionary(pair => pair.type, pair => pair.attribute!);
        byName = byType.ToFrozenDictionary(pair => pair.Value.Name, pair => pair.Key, StringComparer.Ordinal);
    }

    public MessageAttribute Of(IRequest<Committed> command) => byType.TryGetValue(command.GetType(), out var attribute)
        ? attribute
        : throw new InvalidOperationException($"{command.GetType().Name} has no [Message].");

    public string QueueOf(IRequest<Committed> command) => command is IQueued { Queue: var queue } ? queue : Of(command).Queue;

    /// <summary>For what a message runs; one that only another release knows is scheduled like any.</summary>
    public Purpose PurposeOf(string name) => byName.TryGetValue(name, out var type) ? byType[type].Purpose : Purpose.WindUp;

    /// <summary>The names of those that a business lets through in this state.</summary>
    public string[] AllowedIn(BusinessStatus status) => [.. byType.Values.Where(message => status.Allows(message.Purpose)).Select(message => message.Name)];

    /// <summary>What a message is about: the first id that its command names. Null where it names none, or is not known any more.</summary>
    public MessageSubject? Subject(string name, string body)
    {
        if (byName.GetValueOrDefault(name)?.GetProperties().FirstOrDefault(property => property.PropertyType.IsId()) is not { } property
            || !JsonDocument.Parse(body).RootElement.TryGetProperty(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name), out var value))
        {
            return null;
        }

        var type = property.PropertyType == typeof(TenantId) ? "business" : JsonNamingPolicy.SnakeCaseLower.ConvertName(property.PropertyType.Name[..^"Id".Length]);
        return new(type, value.GetGuid());
    }

    public static string Serialize(IRequest<Committed> command) => JsonSerializer.Serialize(command, command.GetType(), StoredJson.Options);

    /// <summary>Errors: UnknownTypeException.</summary>
    public IRequest<Committed> Deserialize(string name, string body) => byName.TryGetValue(name, out var type)
        ? (IRequest<Committed>)JsonSerializer.Deserialize(body, type, StoredJson.Options)!
        : throw new UnknownTypeException("message", name);
}
