using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mainstreet.Domain;
using Mainstreet.Domain.Deliveries;
using Mainstreet.Domain.Storefronts;

namespace Mainstreet.Infrastructure.Archives;

/// <summary>
/// What a log that becomes another tenant's is called there: the business itself, and whatever has an id derived from the business's, which
/// are its storefront and its deliveries. All other ids count in a tenant alone, and stay.
/// </summary>
internal sealed class Renaming(TenantId source, TenantId target)
{
    private static readonly ConcurrentDictionary<Type, Member[]> members = new();

    private readonly Dictionary<Guid, Guid> renamed = new()
    {
        [source.Value] = target.Value,
        [Storefront.StreamOf(source)] = Storefront.StreamOf(target),
    };

    public bool IsNeeded => source != target;

    public Guid Stream(Guid id) => renamed.GetValueOrDefault(id, id);

    /// <summary>Whether the event names another business than that of its log.</summary>
    public bool IsForeign(IEvent e) => Members(e).Any(member => member.Read(e) is TenantId named && named != source);

    /// <summary>To be called with every event before it is renamed: a delivery's first event tells which of its order's it is.</summary>
    public void Learn(IEvent e)
    {
        if (e is DeliveryRequested requested)
        {
            var n = Array.IndexOf(Delivery.IdsOf(source, requested.OrderId), requested.DeliveryId);
            if (n >= 0)
            {
                renamed[requested.DeliveryId.Value] = Delivery.IdsOf(target, requested.OrderId)[n].Value;
            }
        }
    }

    public void Apply(JsonObject data, IEvent e)
    {
        foreach (var member in Members(e))
        {
            if (data[member.Name] is JsonValue value && value.TryGetValue<Guid>(out var id) && renamed.TryGetValue(id, out var name))
            {
                data[member.Name] = name;
            }
        }
    }

    public static bool Concerns(IEvent e) => Members(e).Length > 0;

    private static Member[] Members(IEvent e) => members.GetOrAdd(e.GetType(), static type =>
    [
        .. type.GetProperties()
            .Where(property => (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) is var of && (of == typeof(TenantId) || of == typeof(DeliveryId)))
            .Select(property => new Member(JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name), property.GetValue)),
    ]);

    private sealed record Member(string Name, Func<object, object?> Read);
}
