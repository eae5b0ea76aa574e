using Mainstreet.Domain;
using Mainstreet.Domain.Drivers;
using MediatR;

namespace Mainstreet.Application.Drivers;

/// <summary>
/// The driver gets no more orders of this business: released in the pool, then taken off the roster, with the application if there was one. What
/// was assigned stays with the driver until it is brought or unassigned. Errors: not_found (404).
/// </summary>
public sealed record RemoveDriver(DriverId DriverId) : IRequest<Committed>;

internal sealed class RemoveDriverHandler(IAggregates aggregates, ILane lane, ITenantScopes scopes, ITenantContext context) : IRequestHandler<RemoveDriver, Committed>
{
    public async Task<Committed> Handle(RemoveDriver command, CancellationToken cancellationToken)
    {
        var roster = RosterDriver.StreamOf(command.DriverId);
        Check.That(await aggregates.Find<RosterDriver, RosterEvent>(roster, cancellationToken) is not null, DriverErrors.NotFound);
        await scopes.Send(TenantId.Pool, new ReleaseDriver(command.DriverId, context.Tenant), cancellationToken);
        return await lane.Run(
            streams => streams.Of<RosterDriver>(roster)
                .In<Applicant>("select applicant_id from rm.driver_applicants where driver_id = @driver_id and status in ('approved', 'suspended')", new { command.DriverId }),
            (log, now) =>
            {
                log.Append<RosterDriver, RosterEvent>(roster, log.Get<RosterDriver>(roster).Remove(now));
                foreach (var applicant in log.All<Applicant>())
                {
                    log.Append<Applicant, ApplicantEvent>(applicant.Id.Value, applicant.Release(now));
                }

                return new Committed(log.Version(roster));
            },
            cancellationToken);
    }
}

/// <summary>The step in the pool.</summary>
internal sealed record ReleaseDriver(DriverId DriverId, TenantId BusinessId) : IRequest<Committed>;

internal sealed class ReleaseDriverHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<ReleaseDriver, Committed>
{
    public Task<Committed> Handle(ReleaseDriver command, CancellationToken cancellationToken) => aggregates.Update<Driver, DriverEvent>(
        command.DriverId.Value, null, driver => driver.ReleaseFrom(command.BusinessId, clock.GetUtcNow()), cancellationToken);
}
