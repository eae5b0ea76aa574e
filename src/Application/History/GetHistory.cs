using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.History;

/// <summary>
/// Everything that has happened to one thing, oldest first (ORD-06). <paramref name="Kind"/> is the plural under which the
/// thing is known in routes. Errors: not_found (404) for an unknown kind, and for an id that is of another kind.
/// </summary>
public sealed record GetHistory(string Kind, Guid Id, PageRequest Page) : IRequest<Page<HistoryEntry>>
{
    internal static readonly FrozenDictionary<string, string> Subjects = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["orders"] = "order",
        ["payments"] = "payment",
        ["deliveries"] = "delivery",
        ["coupons"] = "coupon",
        ["products"] = "product",
        ["categories"] = "category",
        ["option-groups"] = "option_group",
        ["stock"] = "stock",
        ["stock-transfers"] = "stock_transfer",
        ["locations"] = "location",
        ["registers"] = "register",
        ["register-sessions"] = "register_session",
        ["sales"] = "sale",
        ["storefronts"] = "storefront",
        ["business"] = "business_profile",
        ["webhook-endpoints"] = "webhook_endpoint",
        ["connections"] = "connection",
        ["inbound-messages"] = "inbound",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The kind of an event's subject: orders, of order. Null: it has no history that can be read.</summary>
    public static string? KindOf(string subject) => Subjects.FirstOrDefault(kind => kind.Value == subject).Key;
}

/// <param name="Type">The public event type, such as order.placed.</param>
/// <param name="Command">The use case that recorded it.</param>
/// <param name="Data">The event as JSON, in snake_case.</param>
/// <param name="Changes">What the event changed of the thing as it is shown.</param>
public sealed record HistoryEntry(
    Guid EventId, int Version, long Position, string Type, int SchemaVersion, Actor Actor, string Command, DateTimeOffset At, JsonElement Data,
    IReadOnlyList<FieldChange> Changes);

internal sealed class GetHistoryHandler(IHistory history) : IRequestHandler<GetHistory, Page<HistoryEntry>>
{
    public async Task<Page<HistoryEntry>> Handle(GetHistory query, CancellationToken cancellationToken)
    {
        var subject = GetHistory.Subjects.GetValueOrDefault(query.Kind) ?? throw NotFound();
        var name = string.Create(CultureInfo.InvariantCulture, $"history {query.Kind} {query.Id}");
        var after = (int)(query.Page.After(name)?.Number(0) ?? 0);
        var stream = await history.Read(query.Id, after, query.Page.Rows, cancellationToken);
        return stream?.Subject == subject
            ? query.Page.Cut([.. stream.Steps.Select(Entry)], name, entry => [entry.Version])
            : throw NotFound();
    }

    private static HistoryEntry Entry(StreamStep step)
    {
        var e = step.Event;
        return new(
            e.EventId, e.Version, e.Position, e.PublicType, e.SchemaVersion, e.Metadata.Actor, e.Metadata.Command, e.RecordedAt,
            JsonSerializer.SerializeToElement(e.Event, e.Event.GetType(), EventJson.Options), step.Changes);
    }

    private static DomainException NotFound() => new(DomainError.NotFound("history"));
}
