using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Flags;
using MediatR;

namespace Mainstreet.Application.Flags;

/// <summary>
/// Gives a business a feature that its plan has not, or takes one away (TEN-18); it counts within a second. Runs in the platform's
/// tenant. Errors: flag_invalid, reason_invalid (400); not_found (404) for an unknown business or feature; stale_version (412).
/// </summary>
public sealed record SetFeatureFlag(TenantId Business, string Feature, FlagRule Rule, string Reason, int? ExpectedVersion) : IRequest<Committed>;

/// <summary>From now on the plan decides. Runs in the platform's tenant. Errors: not_found (404), stale_version (412).</summary>
public sealed record ClearFeatureFlag(TenantId Business, string Feature, int? ExpectedVersion) : IRequest<Committed>;

internal sealed class SetFeatureFlagHandler(ILane lane) : IRequestHandler<SetFeatureFlag, Committed>
{
    public Task<Committed> Handle(SetFeatureFlag command, CancellationToken cancellationToken)
    {
        var id = FeatureFlag.StreamOf(command.Business, command.Feature);
        return lane.Run(
            streams => streams.Of<Business>(command.Business.Value).Of<FeatureFlag>(id),
            (log, now) =>
            {
                log.Get<Business>(command.Business.Value);
                log.Expect(id, command.ExpectedVersion);
                log.Append<FeatureFlag, FeatureFlagEvent>(
                    id, FeatureFlag.Set(log.Find<FeatureFlag>(id), command.Business, command.Feature, command.Rule, command.Reason, now));
                return new Committed(log.Version(id));
            },
            cancellationToken);
    }
}

internal sealed class ClearFeatureFlagHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<ClearFeatureFlag, Committed>
{
    public Task<Committed> Handle(ClearFeatureFlag command, CancellationToken cancellationToken) => aggregates.Update<FeatureFlag, FeatureFlagEvent>(
        FeatureFlag.StreamOf(command.Business, command.Feature), command.ExpectedVersion, flag => flag.Clear(clock.GetUtcNow()), cancellationToken);
}
