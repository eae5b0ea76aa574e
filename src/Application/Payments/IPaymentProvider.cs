using Mainstreet.Domain;

namespace Mainstreet.Application.Payments;

/// <summary>
/// Where money is paid. Called by message handlers only, outside any transaction, at least once: the same idempotency key
/// has one effect. Failures are exceptions, which the message's retries answer.
/// </summary>
public interface IPaymentProvider
{
    /// <summary>Under which name payments remember their provider.</summary>
    string Name { get; }

    /// <summary>Opens a payment that the customer can then make.</summary>
    Task<PaymentSession> Initiate(PaymentRequest request, CancellationToken cancellationToken);

    /// <summary>The money is not wanted: what is not paid cannot be any more, what is held goes back.</summary>
    Task Release(string reference, string idempotencyKey, CancellationToken cancellationToken);
}

public sealed record PaymentRequest(OrderId OrderId, string OrderNumber, Money Amount, string IdempotencyKey);

/// <param name="Reference">What the provider calls the payment.</param>
/// <param name="PayUrl">Where the customer pays; null where that needs no page.</param>
public sealed record PaymentSession(string Reference, string? PayUrl);

/// <summary>The providers that the present tenant can use (PAY-02): a test tenant's is simulated, a live one's needs credentials.</summary>
public interface IPaymentProviders
{
    /// <summary>With which new payments are made; null when none is configured.</summary>
    IPaymentProvider? Default { get; }

    /// <summary>The provider of an earlier payment. Errors: InvalidOperationException when it is not configured (any more).</summary>
    IPaymentProvider Named(string name);
}
