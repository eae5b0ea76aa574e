using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Wallets;

/// <summary>With which saved method an order is paid. It is decided with the order, in one commit, and stays.</summary>
public sealed record ChosenMethod(OrderId OrderId, AccountId AccountId, PaymentMethodId PaymentMethodId) : IAggregate<ChosenMethod, ChosenMethodEvent>
{
    public static Guid StreamOf(OrderId order) => Uuid.Named("chosen_payment_method", order.ToString());

    public static ChosenMethodEvent[] Choose(OrderId order, AccountId account, PaymentMethodId method, DateTimeOffset now) =>
        [new PaymentMethodChosen(order, account, method, now)];

    public static ChosenMethod Evolve(ChosenMethod? state, ChosenMethodEvent e) => (state, e) switch
    {
        (null, PaymentMethodChosen chosen) => new(chosen.OrderId, chosen.AccountId, chosen.PaymentMethodId),
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow {(state is null ? "an empty stream" : "a choice")}."),
    };
}

public abstract record ChosenMethodEvent : IEvent;

[EventType("order.payment_method_chosen.v1", Internal = true)]
public sealed record PaymentMethodChosen(OrderId OrderId, AccountId AccountId, PaymentMethodId PaymentMethodId, DateTimeOffset At) : ChosenMethodEvent;

[JsonSerializable(typeof(PaymentMethodChosen))]
internal sealed partial class ChosenMethodJson : JsonSerializerContext;
