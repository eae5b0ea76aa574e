using Mainstreet.Application;
using Mainstreet.Application.Payments;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>A test tenant's payments are simulated. A live tenant without a configured provider has none, and never a simulated one.</summary>
internal sealed class PaymentProviders(ITenantContext tenant, SandboxPayments sandbox) : IPaymentProviders
{
    public IPaymentProvider? Default => tenant.IsSandbox ? sandbox : null;

    public IPaymentProvider Named(string name) =>
        Default is { } provider && provider.Name == name ? provider : throw new InvalidOperationException($"The payment provider {name} is not configured.");
}
