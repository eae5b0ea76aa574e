using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Notifications;

/// <summary>What a customer does not want to be told, and where not.</summary>
/// <param name="Muted">Kinds that are not essential.</param>
/// <param name="Refused">Channels on which nothing is to come, whatever it is.</param>
public sealed record CustomerWishes(string[] Muted, NotificationChannel[] Refused) : IAggregate<CustomerWishes, CustomerWishesEvent>
{
    public static readonly CustomerWishes None = new([], []);

    public static Guid StreamOf(CustomerId customer) => Uuid.Named("customer_wishes", customer.ToString());

    /// <summary>Errors: notification_unknown (400), notification_essential (422).</summary>
    public static CustomerWishesEvent[] Choose(CustomerWishes? present, CustomerId customer, string[] muted, NotificationChannel[] refused, DateTimeOffset now)
    {
        foreach (var kind in muted)
        {
            Check.That(NotificationKind.IsKnown(kind), NotificationErrors.KindUnknown(kind));
            Check.That(!NotificationKind.Of(kind).Essential, NotificationErrors.Essential(kind));
        }

        return Changed(present ?? None, customer, [.. muted.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], [.. refused.Distinct().Order()], now);
    }

    /// <summary>The customer has told the provider that nothing more is to come this way, as by STOP.</summary>
    public static CustomerWishesEvent[] OptOut(CustomerWishes? present, CustomerId customer, NotificationChannel channel, DateTimeOffset now)
    {
        var before = present ?? None;
        return Changed(before, customer, before.Muted, [.. before.Refused.Append(channel).Distinct().Order()], now);
    }

    /// <summary>What either of two entries of one person did not want is not wanted.</summary>
    public static CustomerWishesEvent[] TakeOver(CustomerWishes? present, CustomerId customer, CustomerWishes? other, DateTimeOffset now)
    {
        var (before, more) = (present ?? None, other ?? None);
        return Changed(
            before, customer, [.. before.Muted.Union(more.Muted, StringComparer.Ordinal).Order(StringComparer.Ordinal)], [.. before.Refused.Union(more.Refused).Order()], now);
    }

    public bool Want(string kind, NotificationChannel channel) => !Refused.Contains(channel) && !Muted.Contains(kind, StringComparer.Ordinal);

    public static CustomerWishes Evolve(CustomerWishes? wishes, CustomerWishesEvent e) => e switch
    {
        CustomerWishesChosen chosen => new(chosen.Muted, chosen.Refused),
        _ => throw new InvalidOperationException($"{e.GetType().Name} is no event of wishes."),
    };

    private static CustomerWishesEvent[] Changed(CustomerWishes before, CustomerId customer, string[] muted, NotificationChannel[] refused, DateTimeOffset now) =>
        before.Muted.SequenceEqual(muted, StringComparer.Ordinal) && before.Refused.SequenceEqual(refused) ? [] : [new CustomerWishesChosen(customer, muted, refused, now)];
}

public abstract record CustomerWishesEvent : IEvent;

/// <param name="Muted">All of them from now on.</param>
/// <param name="Refused">All of them from now on.</param>
[EventType("customer.notifications_chosen.v1", Internal = true)]
public sealed record CustomerWishesChosen(CustomerId CustomerId, string[] Muted, NotificationChannel[] Refused, DateTimeOffset At) : CustomerWishesEvent;

[JsonSerializable(typeof(CustomerWishesChosen))]
internal sealed partial class CustomerWishesJson : JsonSerializerContext;
