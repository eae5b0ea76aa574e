using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Security;

namespace Mainstreet.Infrastructure.EventStore;

/// <summary>Events to and from their stored JSON; personal data is encrypted with the key of its subject.</summary>
internal sealed class EventSerializer(EventRegistry registry)
{
    private const string Erased = "[erased]";

    /// <param name="key">The subject's key; needed where the event carries personal data.</param>
    public string Serialize(TenantId tenant, IEvent e, byte[]? key)
    {
        var kind = registry.Of(e);
        if (kind.Subject is null)
        {
            return JsonSerializer.Serialize(e, kind.Json);
        }

        var subject = kind.Subject(e);
        var data = JsonSerializer.SerializeToNode(e, kind.Json)!;
        foreach (var path in kind.PersonalPaths)
        {
            Replace(data, path, 0, value => PersonalDataCipher.Encrypt(
                key!, subject, tenant, kind.Name, string.Join('/', path), Encoding.UTF8.GetBytes(value.ToJsonString())));
        }

        return data.ToJsonString();
    }

    /// <param name="key">The subject's key; without it (erased) personal data reads "[erased]" or null.</param>
    public static IEvent Deserialize(TenantId tenant, EventKind kind, string json, byte[]? key)
    {
        if (kind.Subject is null)
        {
            return (IEvent)JsonSerializer.Deserialize(json, kind.Json)!;
        }

        var data = JsonNode.Parse(json)!;
        foreach (var path in kind.PersonalPaths)
        {
            Replace(data, path, 0, value => value["$enc"] is null ? value.DeepClone()
                : key is null ? Redaction(kind.ClrType, path)
                : JsonNode.Parse(PersonalDataCipher.Decrypt(key, tenant, kind.Name, string.Join('/', path), value)));
        }

        return (IEvent)data.Deserialize(kind.Json)!;
    }

    private static JsonValue? Redaction(Type type, string[] path)
    {
        var member = path.Where(step => step is not "*").Aggregate(type, (owner, step) =>
        {
            var property = owner.GetProperties().Single(p => string.Equals(JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name), step, StringComparison.Ordinal));
            return property.PropertyType.IsArray ? property.PropertyType.GetElementType()! : property.PropertyType;
        });
        return member == typeof(string) ? JsonValue.Create(Erased) : null;
    }

    private static void Replace(JsonNode? node, string[] path, int depth, Func<JsonNode, JsonNode?> replacement)
    {
        if (node is JsonArray items && path[depth] is "*")
        {
            foreach (var item in items)
            {
                Replace(item, path, depth + 1, replacement);
            }
        }
        else if (node is JsonObject owner && owner[path[depth]] is { } value)
        {
            if (depth == path.Length - 1)
            {
                owner[path[depth]] = replacement(value);
            }
            else
            {
                Replace(value, path, depth + 1, replacement);
            }
        }
    }
}
