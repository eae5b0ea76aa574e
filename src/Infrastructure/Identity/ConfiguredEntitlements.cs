using Mainstreet.Application;
using Mainstreet.Application.Flags;
using Mainstreet.Domain;
using Mainstreet.Domain.Flags;
using Microsoft.Extensions.Options;

namespace Mainstreet.Infrastructure.Identity;

/// <summary>The section <c>Entitlements</c> of the configuration: the same plan for every business, but for its flags.</summary>
internal sealed class EntitlementOptions
{
    public int Seats { get; set; } = 100;

    /// <summary>Features that nobody has by plan.</summary>
    public string[] Withheld { get; set; } = [];
}

/// <inheritdoc />
internal sealed class ConfiguredEntitlements(IOptions<EntitlementOptions> options, IFeatures features) : IEntitlements
{
    public async ValueTask<Entitlements> Of(TenantId business, CancellationToken cancellationToken) =>
        new(options.Value.Seats, await features.Has(business, PlanFeature.ApiAccess, subject: null, cancellationToken));
}
