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
    public async ValueTask<Entitlements> Of(TenantId business, CancellationToken cancellationToken)
    {
        var has = await features.Of(business, business.Value, cancellationToken);
        return new(options.Value.Seats, has.Any(state => state.Enabled && state.Feature.Name == PlanFeature.ApiAccess));
    }
}
