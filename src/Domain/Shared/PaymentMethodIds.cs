using System.Text.Json.Serialization;

namespace Mainstreet.Domain;

/// <summary>With what a customer pays, as it is saved in an account.</summary>
[JsonConverter(typeof(IdJsonConverter<PaymentMethodId>))]
public readonly record struct PaymentMethodId(Guid Value) : IId<PaymentMethodId>
{
    /// <summary>The same method of a gateway has the same id, however often the gateway tells of it; its own name for it cannot be read from that.</summary>
    /// <param name="reference">What the gateway calls it.</param>
    public static PaymentMethodId Of(string provider, string reference) => new(Uuid.Named("payment_method", provider, reference));

    public static PaymentMethodId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>An attempt to save a payment method.</summary>
[JsonConverter(typeof(IdJsonConverter<MethodSetupId>))]
public readonly record struct MethodSetupId(Guid Value) : IId<MethodSetupId>
{
    public static MethodSetupId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
