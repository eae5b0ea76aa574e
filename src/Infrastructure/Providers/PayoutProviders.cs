using Mainstreet.Application;
using Mainstreet.Application.Payouts;
using Microsoft.Extensions.Options;

namespace Mainstreet.Infrastructure.Providers;

/// <inheritdoc />
internal sealed class PayoutProviders(ITenantContext tenant, SandboxTransfers sandbox, ManualTransfers byHand, ProviderHttp http, IOptions<PayoutOptions> options, IOptions<PaymentOptions> payments)
    : IPayoutProviders
{
    public IPayoutProvider Present => tenant.IsSandbox ? sandbox : Named(options.Value.Provider);

    public IPayoutProvider Named(string name) => Find(name) ?? throw new InvalidOperationException($"The payout provider {name} is not configured.");

    public bool Knows(string name) => Find(name) is not null;

    private IPayoutProvider? Find(string name) => name switch
    {
        SandboxTransfers.Provider when tenant.IsSandbox => sandbox,
        ManualTransfers.Provider => byHand,
        StripeTransfers.Provider when options.Value.StripeKey is { } key => new StripeTransfers(http, payments.Value.StripeUrl, key),
        _ => null,
    };
}

/// <summary>Transfers without money: every one is granted, but those of an amount that ends in 13.</summary>
internal sealed class SandboxTransfers : IPayoutProvider
{
    public const string Provider = "sandbox";
    private const long RefusedEnd = 13;

    public string Name => Provider;

    public Task<TransferReport?> Transfer(PayoutTransfer transfer, CancellationToken cancellationToken) => Task.FromResult<TransferReport?>(
        transfer.Amount.Amount % 100 == RefusedEnd ? new TransferReport.Refused("refused") : new TransferReport.Made($"sandbox_{transfer.IdempotencyKey}"));
}

/// <summary>People make the transfers at the bank, and record what became of them.</summary>
internal sealed class ManualTransfers : IPayoutProvider
{
    public const string Provider = TransferPayout.ByHand;

    public string Name => Provider;

    public Task<TransferReport?> Transfer(PayoutTransfer transfer, CancellationToken cancellationToken) => Task.FromResult<TransferReport?>(null);
}
