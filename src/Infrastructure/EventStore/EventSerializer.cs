using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Security;

namespace Mainstreet.Infrastructure.EventStore;

/// <summary>Events to and from their stored JSON; personal data is encrypted with the key of its subject.</summary>
internal sealed class EventSerializer(EventRegistry registry)
{
    /// <param name="key">The subject's key; needed where the event carries personal data.</param>
    public string Serialize(TenantId tenant, IEvent e, byte[]? key)
    {
        var kind = registry.Of(e);
        if (kind.Subject is null)
        {
            return JsonSerializer.Serialize(e, kind.Json);
        }

        var data = JsonSerializer.SerializeToNode(e, kind.Json)!;
        Protect(data, tenant, kind, kind.Subject(e), key!);
        return data.ToJsonString();
    }

    /// <summary>Encrypts the personal data of an event's JSON. What an erasure has left behind stays as it is; answers whether there was more.</summary>
    public static bool Protect(JsonNode data, TenantId tenant, EventKind kind, Guid subject, byte[] key)
    {
        var any = false;
        foreach (var path in kind.PersonalPaths)
        {
            Replace(data, path, 0, value =>
            {
                if (IsErased(value))
                {
                    return value.DeepClone();
                }

                any = true;
                return PersonalDataCipher.Encrypt(key, subject, tenant, kind.Name, string.Join('/', path), Encoding.UTF8.GetBytes(value.ToJsonString()));
            });
        }

        return any;
    }

    /// <summary>Decrypts it.</summary>
    /// <param name="data">As it is stored.</param>
    /// <param name="tenant">Whose event it is.</param>
    /// <param name="kind">Its type.</param>
    /// <param name="key">The subject's key; without it (erased) personal data becomes "[erased]" or null.</param>
    public static void Reveal(JsonNode data, TenantId tenant, EventKind kind, byte[]? key)
    {
        foreach (var path in kind.PersonalPaths)
        {
            Replace(data, path, 0, value => !IsSealed(value) ? value.DeepClone()
                : key is null ? Redaction(kind.ClrType, path)
                : JsonNode.Parse(PersonalDataCipher.Decrypt(key, tenant, kind.Name, string.Join('/', path), value)));
        }
    }

    /// <summary>The event as it is today: a former shape is read as what took its place.</summary>
    /// <param name="key">The subject's key; without it (erased) personal data reads "[erased]" or null.</param>
    public static IEvent Deserialize(TenantId tenant, EventKind kind, string json, byte[]? key)
    {
        if (kind.Subject is null)
        {
            return Present((IEvent)JsonSerializer.Deserialize(json, kind.Json)!);
        }

        var data = JsonNode.Parse(json)!;
        Reveal(data, tenant, kind, key);
        return Present((IEvent)data.Deserialize(kind.Json)!);
    }

    private static IEvent Present(IEvent e) => e is IFormerShape former ? Present(former.Upcast()) : e;

    private static bool IsSealed(JsonNode value) => value is JsonObject box && box.ContainsKey("$enc");

    private static bool IsErased(JsonNode value) => value is JsonValue text && text.TryGetValue<string>(out var said) && said == PersonalDataAttribute.Erased;

    private static JsonValue? Redaction(Type type, string[] path)
    {
        var member = path.Where(step => step is not "*").Aggregate(type, (owner, step) =>
        {
            var property = owner.GetProperties().Single(p => string.Equals(JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name), step, StringComparison.Ordinal));
            return property.PropertyType.IsArray ? property.PropertyType.GetElementType()! : property.PropertyType;
        });
        return member == typeof(string) ? JsonValue.Create(PersonalDataAttribute.Erased) : null;
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
