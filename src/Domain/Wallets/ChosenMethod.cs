using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Wallets;

/// <summary>With which saved method an order is paid. It is decided with the order, in one commit, and stays.</summary>
/// <param name="ConnectionId">Opens the gateway that keeps it; null where that is simulated.</param>
public sealed record ChosenMethod(OrderId OrderId, AccountId AccountId, PaymentMethodId PaymentMethodId, ConnectionId? ConnectionId) : IAggregate<ChosenMethod, ChosenMethodEvent>
{
    public static Guid StreamOf(OrderId order) => Uuid.Named("chosen_payment_method", order.ToString());

    public static ChosenMethodEvent[] Choose(OrderId order, AccountId account, PaymentMethodId method, ConnectionId? connection, DateTimeOffset now) =>
        [new PaymentMethodChosen(order, account, method, connection, now)];

    public static ChosenMethod Evolve(ChosenMethod? state, ChosenMethodEvent e) => (state, e) switch
    {
        (null, PaymentMethodChosen chosen) => new(chosen.OrderId, chosen.AccountId, chosen.PaymentMethodId, chosen.ConnectionId),
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(state is null ? "an empty stream" : "a choice")}."),
    };
}

public abstract record ChosenMethodEvent : IEvent;

[EventType("order.payment_method_chosen.v1", Internal = true)]
public sealed record PaymentMethodChosen(OrderId OrderId, AccountId AccountId, PaymentMethodId PaymentMethodId, ConnectionId? ConnectionId, DateTimeOffset At) : ChosenMethodEvent;

[JsonSerializable(typeof(PaymentMethodChosen))]
internal sealed partial class ChosenMethodJson : JsonSerializerContext;
