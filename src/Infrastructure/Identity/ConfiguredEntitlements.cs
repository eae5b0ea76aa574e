using Mainstreet.Application;
using Mainstreet.Domain;
using Microsoft.Extensions.Options;

namespace Mainstreet.Infrastructure.Identity;

/// <summary>The section <c>Entitlements</c> of the configuration: the same for every business.</summary>
internal sealed class EntitlementOptions
{
    public int Seats { get; set; } = 100;

    public bool ApiAccess { get; set; } = true;
}

/// <inheritdoc />
internal sealed class ConfiguredEntitlements(IOptions<EntitlementOptions> options) : IEntitlements
{
    public ValueTask<Entitlements> Of(TenantId business, CancellationToken cancellationToken) => ValueTask.FromResult(new Entitlements(options.Value.Seats, options.Value.ApiAccess));
}
