using System.Text.Json.Serialization;

namespace Mainstreet.Domain.Payments;

/// <summary>Through which of its connections a business is paid in one currency (PAY-02). Chosen, then chosen anew or removed.</summary>
public sealed record PaymentGateway(string Currency, string Provider, ConnectionId ConnectionId, bool Removed = false) : IAggregate<PaymentGateway, PaymentGatewayEvent>
{
    public const string Ringgit = "MYR";

    private const string ToyyibPay = "toyyibpay";

    private const string Stripe = "stripe";

    private const string PayPal = "paypal";

    /// <summary>In which PayPal pays. Not those that have parts by ISO 4217 and none there, such as HUF and TWD.</summary>
    private static readonly string[] payPals = ["AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "ILS", "JPY", "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "SEK", "SGD", "THB", "USD"];

    /// <summary>Has parts by ISO 4217, and none at Stripe, which wants the last of three digits to be 0 elsewhere.</summary>
    private const string Ariary = "MGA";

    public static Guid StreamOf(string currency) => Uuid.Named("payment_gateway", currency);

    /// <summary>Whether a provider gives nothing back by itself.</summary>
    public static bool RefundsByHandOnly(string provider) => provider == ToyyibPay;

    /// <param name="present">Null: none was ever chosen.</param>
    /// <param name="currency">Rejects <c>not_found</c> for what is none, and <c>gateway_currency_not_supported</c>.</param>
    /// <param name="provider">Of the connection.</param>
    /// <param name="connection">Whose credentials are used.</param>
    /// <param name="now">When.</param>
    public static PaymentGatewayEvent[] Choose(PaymentGateway? present, string currency, string provider, ConnectionId connection, DateTimeOffset now)
    {
        Check.That(Currencies.IsKnown(currency), PaymentErrors.GatewayNotFound);
        Check.That(provider != Stripe || (Currencies.DigitsOf(currency) <= 2 && currency != Ariary), PaymentErrors.OtherParts(provider, currency));
        Check.That(provider != PayPal || payPals.Contains(currency, StringComparer.Ordinal), PaymentErrors.OtherParts(provider, currency));
        Check.That(provider != ToyyibPay || currency == Ringgit, PaymentErrors.OtherCurrencyOnly(provider, Ringgit));
        return present == new PaymentGateway(currency, provider, connection) ? [] : [new PaymentGatewayChosen(currency, provider, connection, now)];
    }

    /// <summary>Payments that were begun with it go on.</summary>
    public PaymentGatewayEvent[] Remove(DateTimeOffset now) => Removed ? [] : [new PaymentGatewayRemoved(Currency, now)];

    public static PaymentGateway Evolve(PaymentGateway? gateway, PaymentGatewayEvent e) => (gateway, e) switch
    {
        (_, PaymentGatewayChosen chosen) => new(chosen.Currency, chosen.Provider, chosen.ConnectionId),
        ({ }, PaymentGatewayRemoved) => gateway with { Removed = true },
        _ => throw new InvalidOperationException($"{e.GetType().Name} cannot follow an empty stream."),
    };
}

public abstract record PaymentGatewayEvent : IEvent;

[EventType("payment_gateway.chosen.v1", Description = "The business is paid through another connection from now on, in one currency.")]
public sealed record PaymentGatewayChosen(string Currency, string Provider, ConnectionId ConnectionId, DateTimeOffset At) : PaymentGatewayEvent;

[EventType("payment_gateway.removed.v1", Description = "The business takes no payments by card any more in one currency.")]
public sealed record PaymentGatewayRemoved(string Currency, DateTimeOffset At) : PaymentGatewayEvent;

[JsonSerializable(typeof(PaymentGatewayChosen))]
[JsonSerializable(typeof(PaymentGatewayRemoved))]
internal sealed partial class PaymentGatewayJson : JsonSerializerContext;
