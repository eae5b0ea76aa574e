using Mainstreet.Application.Flags;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Flags;
using Mainstreet.Domain.Loyalty;
using MediatR;

namespace Mainstreet.Application.Loyalty;

/// <summary>
/// The business's loyalty programme from now on (CUS-06); points that customers have stay. Errors: points_per_unit_invalid, point_value_invalid,
/// minimum_points_invalid, expiry_invalid (400); loyalty_not_in_plan (403), which switching it off never is; stale_version (412).
/// </summary>
public sealed record SetLoyaltyProgramme(bool Enabled, LoyaltyTerms Terms, int? ExpectedVersion) : IRequest<Committed>;

/// <summary>The programme; one that was never set is off, on the terms that it would begin with.</summary>
public sealed record GetLoyaltyProgramme : IRequest<Loaded<LoyaltyProgramme>>;

internal sealed class SetLoyaltyProgrammeHandler(ILane lane, IFeatures features, ITenantContext context) : IRequestHandler<SetLoyaltyProgramme, Committed>
{
    public async Task<Committed> Handle(SetLoyaltyProgramme command, CancellationToken cancellationToken)
    {
        if (command.Enabled)
        {
            await features.Require(context.Tenant, PlanFeature.Loyalty, context.Actor, cancellationToken);
        }

        return await lane.Run(
            streams => streams.Of<LoyaltyProgramme>(LoyaltyProgramme.Stream).Of<BusinessProfile>(context.Tenant.Value),
            (log, now) =>
            {
                log.Expect(LoyaltyProgramme.Stream, command.ExpectedVersion);
                log.Append<LoyaltyProgramme, LoyaltyProgrammeEvent>(LoyaltyProgramme.Stream, LoyaltyProgramme.Set(
                    log.Find<LoyaltyProgramme>(LoyaltyProgramme.Stream), command.Enabled, command.Terms,
                    log.Get<BusinessProfile>(context.Tenant.Value).Settings.Currency, now));
                return new Committed(log.Version(LoyaltyProgramme.Stream));
            },
            cancellationToken);
    }
}

internal sealed class GetLoyaltyProgrammeHandler(IAggregates aggregates, ITenantContext context) : IRequestHandler<GetLoyaltyProgramme, Loaded<LoyaltyProgramme>>
{
    public async Task<Loaded<LoyaltyProgramme>> Handle(GetLoyaltyProgramme query, CancellationToken cancellationToken)
    {
        if (await aggregates.Find<LoyaltyProgramme, LoyaltyProgrammeEvent>(LoyaltyProgramme.Stream, cancellationToken) is { } programme)
        {
            return programme;
        }

        var profile = await aggregates.Find<BusinessProfile, BusinessProfileEvent>(context.Tenant.Value, cancellationToken) ?? throw new DomainException(DomainError.NotFound("business"));
        return new(new(LoyaltyTerms.Default(profile.State.Settings.Currency), Since: null), Version: 0);
    }
}
