using System.Text.Json.Serialization;

namespace Mainstreet.Domain;

/// <summary>A typed identifier: a UUID that the compiler keeps apart from the ids of other things.</summary>
public interface IId<TSelf> where TSelf : struct, IId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);
}

public static class Ids
{
    /// <summary>Whether a type is one of these.</summary>
    public static bool IsId(this Type type) => type.IsValueType && Array.Exists(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IId<>));
}

[JsonConverter(typeof(IdJsonConverter<TenantId>))]
public readonly record struct TenantId(Guid Value) : IId<TenantId>
{
    /// <summary>Users, memberships and business registrations live in the log of the platform itself.</summary>
    public static readonly TenantId Platform = new(new Guid("00000000-0000-7000-8000-000000000001"));

    /// <summary>The infrastructure that operates the shared driver pool.</summary>
    public static readonly TenantId Pool = new(new Guid("00000000-0000-7000-8000-000000000002"));

    public static TenantId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

[JsonConverter(typeof(IdJsonConverter<UserId>))]
public readonly record struct UserId(Guid Value) : IId<UserId>
{
    public static UserId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

[JsonConverter(typeof(IdJsonConverter<ProductId>))]
public readonly record struct ProductId(Guid Value) : IId<ProductId>
{
    public static ProductId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

[JsonConverter(typeof(IdJsonConverter<VariantId>))]
public readonly record struct VariantId(Guid Value) : IId<VariantId>
{
    public static VariantId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

[JsonConverter(typeof(IdJsonConverter<CategoryId>))]
public readonly record struct CategoryId(Guid Value) : IId<CategoryId>
{
    public static CategoryId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

[JsonConverter(typeof(IdJsonConverter<CustomerId>))]
public readonly record struct CustomerId(Guid Value) : IId<CustomerId>
{
    public static CustomerId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>A customer's account at one business.</summary>
[JsonConverter(typeof(IdJsonConverter<AccountId>))]
public readonly record struct AccountId(Guid Value) : IId<AccountId>
{
    /// <summary>How sessions and guesses know whoever signs in.</summary>
    public UserId SignsIn => new(Value);

    public static AccountId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

[JsonConverter(typeof(IdJsonConverter<AddressId>))]
public readonly record struct AddressId(Guid Value) : IId<AddressId>
{
    public static AddressId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

[JsonConverter(typeof(IdJsonConverter<OrderId>))]
public readonly record struct OrderId(Guid Value) : IId<OrderId>
{
    public static OrderId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

[JsonConverter(typeof(IdJsonConverter<NotificationId>))]
public readonly record struct NotificationId(Guid Value) : IId<NotificationId>
{
    public static NotificationId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

[JsonConverter(typeof(IdJsonConverter<PaymentId>))]
public readonly record struct PaymentId(Guid Value) : IId<PaymentId>
{
    public static PaymentId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>Something of a payment that is given back.</summary>
[JsonConverter(typeof(IdJsonConverter<RefundId>))]
public readonly record struct RefundId(Guid Value) : IId<RefundId>
{
    public static RefundId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

[JsonConverter(typeof(IdJsonConverter<DeliveryId>))]
public readonly record struct DeliveryId(Guid Value) : IId<DeliveryId>
{
    public static DeliveryId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

[JsonConverter(typeof(IdJsonConverter<DriverId>))]
public readonly record struct DriverId(Guid Value) : IId<DriverId>
{
    public static DriverId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

[JsonConverter(typeof(IdJsonConverter<WebhookEndpointId>))]
public readonly record struct WebhookEndpointId(Guid Value) : IId<WebhookEndpointId>
{
    public static WebhookEndpointId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

[JsonConverter(typeof(IdJsonConverter<WebhookReplayId>))]
public readonly record struct WebhookReplayId(Guid Value) : IId<WebhookReplayId>
{
    public static WebhookReplayId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

[JsonConverter(typeof(IdJsonConverter<RoleId>))]
public readonly record struct RoleId(Guid Value) : IId<RoleId>
{
    public static RoleId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

[JsonConverter(typeof(IdJsonConverter<InvitationId>))]
public readonly record struct InvitationId(Guid Value) : IId<InvitationId>
{
    public static InvitationId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

[JsonConverter(typeof(IdJsonConverter<ApiKeyId>))]
public readonly record struct ApiKeyId(Guid Value) : IId<ApiKeyId>
{
    public static ApiKeyId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

[JsonConverter(typeof(IdJsonConverter<CustomDomainId>))]
public readonly record struct CustomDomainId(Guid Value) : IId<CustomDomainId>
{
    public static CustomDomainId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

[JsonConverter(typeof(IdJsonConverter<ApplicantId>))]
public readonly record struct ApplicantId(Guid Value) : IId<ApplicantId>
{
    public static ApplicantId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

[JsonConverter(typeof(IdJsonConverter<DocumentId>))]
public readonly record struct DocumentId(Guid Value) : IId<DocumentId>
{
    public static DocumentId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

[JsonConverter(typeof(IdJsonConverter<ConnectionId>))]
public readonly record struct ConnectionId(Guid Value) : IId<ConnectionId>
{
    public static ConnectionId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

[JsonConverter(typeof(IdJsonConverter<ExportId>))]
public readonly record struct ExportId(Guid Value) : IId<ExportId>
{
    public static ExportId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

[JsonConverter(typeof(IdJsonConverter<InboundMessageId>))]
public readonly record struct InboundMessageId(Guid Value) : IId<InboundMessageId>
{
    public static InboundMessageId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

[JsonConverter(typeof(IdJsonConverter<ImportId>))]
public readonly record struct ImportId(Guid Value) : IId<ImportId>
{
    public static ImportId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

[JsonConverter(typeof(IdJsonConverter<CartId>))]
public readonly record struct CartId(Guid Value) : IId<CartId>
{
    public static CartId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

[JsonConverter(typeof(IdJsonConverter<CouponId>))]
public readonly record struct CouponId(Guid Value) : IId<CouponId>
{
    public static CouponId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>A till of a shop.</summary>
[JsonConverter(typeof(IdJsonConverter<RegisterId>))]
public readonly record struct RegisterId(Guid Value) : IId<RegisterId>
{
    public static RegisterId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>From opening a till to counting its cash.</summary>
[JsonConverter(typeof(IdJsonConverter<RegisterSessionId>))]
public readonly record struct RegisterSessionId(Guid Value) : IId<RegisterSessionId>
{
    public static RegisterSessionId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>What was rung up at a till.</summary>
[JsonConverter(typeof(IdJsonConverter<SaleId>))]
public readonly record struct SaleId(Guid Value) : IId<SaleId>
{
    /// <summary>A device names a sale before anybody else knows of it, so that it is the same one however often it is sent.</summary>
    public static SaleId Of(string clientId) => new(Uuid.Named("sale", clientId));

    public static SaleId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>What a business is paid for a period, in one currency.</summary>
[JsonConverter(typeof(IdJsonConverter<PayoutId>))]
public readonly record struct PayoutId(Guid Value) : IId<PayoutId>
{
    public static PayoutId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>What a customer says of a product or an order.</summary>
[JsonConverter(typeof(IdJsonConverter<ReviewId>))]
public readonly record struct ReviewId(Guid Value) : IId<ReviewId>
{
    public static ReviewId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
