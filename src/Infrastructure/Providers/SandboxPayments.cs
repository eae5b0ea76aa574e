using Mainstreet.Application.Payments;
using Mainstreet.Application.Wallets;
using Mainstreet.Domain;
using Mainstreet.Domain.Wallets;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>
/// Payments without money: every request is granted, but refunds of 0.13, and what becomes of a payment is reported over HTTP by whoever tests.
/// A saved method pays at once, unless it has the last digits of a card of Stripe's that is declined, or wants its customer.
/// </summary>
internal sealed class SandboxPayments : IMethodKeeper
{
    private const long RefusedAmount = 13;

    public string Name => SimulatedMethod.Provider;

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

    public Task<string> NewCustomer(AccountId account, string idempotencyKey, CancellationToken cancellationToken) => Task.FromResult($"sandbox_{account}");

    public Task<MethodSetupSession?> BeginSetup(MethodSetupRequest request, CancellationToken cancellationToken) =>
        Task.FromResult<MethodSetupSession?>(new(SimulatedMethod.Of(request.SetupId, "4242"), $"sandbox_{request.SetupId}_secret", PublishableKey: null));

    /// <summary>Whoever says that a page has finished it is believed.</summary>
    public Task<MethodSetupReport> FindSetup(string reference, CancellationToken cancellationToken) =>
        Task.FromResult<MethodSetupReport>(new MethodSetupReport.Succeeded(reference, SavedMethodType.Card, new("visa", "4242", 12, 2034)));

    public Task<MethodSetupReport> CancelSetup(string reference, string idempotencyKey, CancellationToken cancellationToken) =>
        Task.FromResult<MethodSetupReport>(new MethodSetupReport.Failed("expired"));

    public Task<PaymentReport?> PayWith(string reference, MethodTokens method, string idempotencyKey, CancellationToken cancellationToken) => Task.FromResult<PaymentReport?>(
        SimulatedMethod.IsDeclined(method.Reference) ? new PaymentReport.Declined("card_declined")
        : SimulatedMethod.NeedsCustomer(method.Reference) ? null
        : new PaymentReport.Authorized());

    /// <summary>It has none but those that it was told of.</summary>
    public Task<SavedCard?> FindCard(string reference, CancellationToken cancellationToken) => Task.FromResult<SavedCard?>(null);

    public Task Detach(string reference, string idempotencyKey, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task ForgetCustomer(string customer, CancellationToken cancellationToken) => Task.CompletedTask;
}
