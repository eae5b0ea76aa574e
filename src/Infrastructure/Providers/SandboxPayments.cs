using Mainstreet.Application.Payments;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>Payments without money: every request is granted, and what becomes of a payment is reported over HTTP by whoever tests.</summary>
internal sealed class SandboxPayments : IPaymentProvider
{
    public string Name => "sandbox";

    public Task<PaymentSession> Initiate(PaymentRequest request, CancellationToken cancellationToken) =>
        Task.FromResult(new PaymentSession($"sandbox_{request.IdempotencyKey}", PayUrl: null));

    public Task Release(string reference, string idempotencyKey, CancellationToken cancellationToken) => Task.CompletedTask;
}
