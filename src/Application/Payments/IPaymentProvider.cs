using Mainstreet.Domain;
using Mainstreet.Domain.Payments;

namespace Mainstreet.Application.Payments;

/// <summary>
/// Where money is paid. Called by message handlers only, outside any transaction, at least once: the same idempotency key has one effect. What a provider
/// decides is its report; that it cannot be asked is an exception, which the message's retries answer.
/// </summary>
public interface IPaymentProvider
{
    /// <summary>Under which name payments remember their provider.</summary>
    string Name { get; }

    /// <summary>Which connection opens it; null where it is simulated.</summary>
    ConnectionId? Connection { get; }

    /// <summary>Opens a payment that the customer can then make.</summary>
    Task<PaymentSession> Initiate(PaymentRequest request, CancellationToken cancellationToken);

    /// <summary>With what a customer's page pays; null where there is none, or it has an address. Called by requests too.</summary>
    Task<PaymentForm?> Form(string reference, CancellationToken cancellationToken);

    /// <summary>How a payment stands, with all its refunds. Null: nothing has come of it yet.</summary>
    Task<PaymentReport?> Find(string reference, CancellationToken cancellationToken);

    /// <summary>Takes what is held.</summary>
    Task<PaymentReport> Capture(string reference, Money amount, string idempotencyKey, CancellationToken cancellationToken);

    /// <summary>The money is not wanted: what is not paid cannot be any more, what is held goes back. What was captured meanwhile is reported as that.</summary>
    Task<PaymentReport> Release(string reference, string idempotencyKey, CancellationToken cancellationToken);

    /// <summary>Gives back something of what was captured. Null: it is on its way, and reported later.</summary>
    Task<PaymentReport?> Refund(RefundRequest request, CancellationToken cancellationToken);
}

/// <param name="DueBy">Until when the customer can pay.</param>
/// <param name="Customer">What a provider that keeps methods calls the customer with one of whose it will be paid; null: the customer says on the page with what.</param>
public sealed record PaymentRequest(PaymentId PaymentId, OrderId OrderId, string OrderNumber, Money Amount, DateTimeOffset DueBy, string? Customer = null)
{
    public string IdempotencyKey => PaymentId.ToString();

    /// <summary>Without the customer, because requests end up in logs.</summary>
    public override string ToString() => $"payment {PaymentId}";
}

/// <param name="Reference">What the provider calls the payment.</param>
/// <param name="PayUrl">Where the customer pays; null where that needs no page.</param>
public sealed record PaymentSession(string Reference, string? PayUrl);

/// <param name="Reference">Of the payment.</param>
/// <param name="RefundId">Also its idempotency key.</param>
public sealed record RefundRequest(string Reference, RefundId RefundId, Money Amount);

/// <param name="ClientSecret">With which the customer's page pays.</param>
public sealed record PaymentForm(string ClientSecret, string? PublishableKey)
{
    public override string ToString() => nameof(PaymentForm);
}

/// <summary>The providers that the present tenant can use (PAY-02): a test tenant's is simulated, a live one's is the gateway that it has chosen.</summary>
public interface IPaymentProviders
{
    /// <summary>Whether new payments can be made in the business's currency.</summary>
    Task<bool> TakePayments(CancellationToken cancellationToken);

    /// <summary>With which new payments are made. Errors: payment_method_not_available (422).</summary>
    Task<IPaymentProvider> For(string currency, CancellationToken cancellationToken);

    /// <summary>The provider of an earlier payment. Errors: connection_revoked and others of connections that are not there any more.</summary>
    Task<IPaymentProvider> Of(Payment payment, CancellationToken cancellationToken);

    /// <summary>The provider by its name. Null: nobody can be asked any more, for what opened it was ended for good. Errors: as of <see cref="Of"/>.</summary>
    /// <param name="connection">Opens it; null where it is simulated.</param>
    Task<IPaymentProvider?> Find(string provider, ConnectionId? connection, CancellationToken cancellationToken);
}
