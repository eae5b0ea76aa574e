using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Notifications;

/// <summary>The browsers in which somebody follows an order and wants to be told of its steps.</summary>
public sealed record PushSubscriptions(PushSubscription[] All) : IAggregate<PushSubscriptions, PushSubscriptionEvent>
{
    public const int Most = 5;

    public static Guid StreamOf(OrderId order) => Uuid.Named("push_subscriptions", order.ToString());

    public static Guid IdOf(string endpoint) => Uuid.Named("push_subscription", endpoint);

    /// <summary>Errors: push_subscription_invalid (400), too_many_push_subscriptions (409).</summary>
    public static PushSubscriptionEvent[] Add(PushSubscriptions? present, OrderId order, CustomerId customer, string endpoint, string p256dh, string auth, DateTimeOffset now)
    {
        Check.That(endpoint.Length is > 0 and <= 2048 && p256dh.Length == 87 && auth.Length == 22, PushErrors.Invalid);
        var id = IdOf(endpoint);
        var added = new PushSubscriptionAdded(id, order, customer, endpoint, p256dh, auth, now);
        if (present?.Find(id) is { } same && (same.P256dh, same.Auth) == (p256dh, auth))
        {
            return [];
        }

        Check.That(present?.Find(id) is not null || (present?.All.Length ?? 0) < Most, PushErrors.TooMany);
        return [added];
    }

    /// <summary>Errors: not_found (404).</summary>
    public static PushSubscriptionEvent[] Remove(PushSubscriptions? present, Guid id, DateTimeOffset now) =>
        present?.Find(id) is null ? throw new DomainException(DomainError.NotFound("push subscription")) : [new PushSubscriptionRemoved(id, now)];

    public PushSubscription? Find(Guid id) => Array.Find(All, one => one.Id == id);

    public static PushSubscriptions Evolve(PushSubscriptions? present, PushSubscriptionEvent e) => e switch
    {
        PushSubscriptionAdded added => new([.. (present?.All ?? []).Where(one => one.Id != added.SubscriptionId), new(added.SubscriptionId, added.Endpoint, added.P256dh, added.Auth)]),
        PushSubscriptionRemoved removed => new([.. (present?.All ?? []).Where(one => one.Id != removed.SubscriptionId)]),
        _ => throw new InvalidOperationException($"{e.GetType().Name} is no event of subscriptions."),
    };

    /// <summary>Names no address, because states end up in logs.</summary>
    public override string ToString() => $"{All.Length} push subscriptions";
}

/// <param name="Endpoint">Of the browser's push service.</param>
public sealed record PushSubscription(Guid Id, string Endpoint, string P256dh, string Auth)
{
    public override string ToString() => $"Push subscription {Id}";
}

public static class PushErrors
{
    public static readonly DomainError Invalid = new(
        "push_subscription_invalid", "A subscription is as browsers give it: an https endpoint, and p256dh (65 bytes) and auth (16 bytes) in base64url.", ErrorKind.Invalid)
    { Place = "/endpoint" };

    public static readonly DomainError TooMany =
        new("too_many_push_subscriptions", $"An order is followed in {PushSubscriptions.Most} browsers at most.", ErrorKind.Conflict);

    public static readonly DomainError NotOffered = new("push_not_configured", "Pushes are not set up here: an operator sets Push:PrivateKey.");
}

public abstract record PushSubscriptionEvent : IEvent;

[EventType("push_subscription.added.v1", Internal = true)]
public sealed record PushSubscriptionAdded(
    Guid SubscriptionId,
    OrderId OrderId,
    [property: DataSubject] CustomerId CustomerId,
    [property: PersonalData] string Endpoint,
    [property: PersonalData] string P256dh,
    [property: PersonalData] string Auth,
    DateTimeOffset At) : PushSubscriptionEvent;

[EventType("push_subscription.removed.v1", Internal = true)]
public sealed record PushSubscriptionRemoved(Guid SubscriptionId, DateTimeOffset At) : PushSubscriptionEvent;

[JsonSerializable(typeof(PushSubscriptionAdded))]
[JsonSerializable(typeof(PushSubscriptionRemoved))]
internal sealed partial class PushSubscriptionJson : JsonSerializerContext;
