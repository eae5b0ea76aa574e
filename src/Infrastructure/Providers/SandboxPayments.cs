using Mainstreet.Application.Payments;
using Mainstreet.Domain;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>
/// Payments without money: every request is granted, but refunds of 0.13, and what becomes of a payment is reported over HTTP by whoever tests.
/// </summary>
internal sealed class SandboxPayments : IPaymentProvider
{
    private const long RefusedAmount = 13;

    public string Name => "sandbox";

    public ConnectionId? Connection => null;

    public Task<PaymentSession> Initiate(PaymentRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new PaymentSession($"sandbox_{request.IdempotencyKey}", PayUrl: null));

    public Task<PaymentForm?> Form(string reference, CancellationToken cancellationToken) => Task.FromResult<PaymentForm?>(null);

    public Task<PaymentReport?> Find(string reference, CancellationToken cancellationToken) => Task.FromResult<PaymentReport?>(null);

    public Task<PaymentReport> Capture(string reference, Money amount, string idempotencyKey, CancellationToken cancellationToken) =>
        Task.FromResult<PaymentReport>(new PaymentReport.Captured(amount));

    public Task<PaymentReport> Release(string reference, string idempotencyKey, CancellationToken cancellationToken) =>
        Task.FromResult<PaymentReport>(new PaymentReport.Released());

    public Task<PaymentReport?> Refund(RefundRequest request, CancellationToken cancellationToken) => Task.FromResult<PaymentReport?>(
        request.Amount.Amount == RefusedAmount ? new PaymentReport.RefundRefused(request.RefundId, "refused") : new PaymentReport.RefundMade(request.RefundId, $"sandbox_{request.RefundId}"));
}
