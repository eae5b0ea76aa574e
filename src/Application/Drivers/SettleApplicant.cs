using Mainstreet.Application.Privacy;
using Mainstreet.Domain;
using Mainstreet.Domain.Drivers;
using Mainstreet.Domain.Privacy;
using MediatR;

namespace Mainstreet.Application.Drivers;

/// <summary>
/// Brings the platform, the pool and the roster to what the application says: who is approved has an account and drives for this business,
/// who is suspended or closed does not, and of whom was erased nothing stays that this business says of a driver. It looks at the state alone, so it
/// may run late, twice, or after several decisions.
/// </summary>
[Message("driver_applicant.settle")]
internal sealed record SettleApplicant(ApplicantId ApplicantId) : IRequest<Committed>;

internal sealed class SettledApplicants : Policy
{
    public SettledApplicants() : base("driver_applicants_settled")
    {
        On<ApplicantApproved>(e => Settle(e.ApplicantId, e.At));
        On<ApplicantSuspended>(e => Settle(e.ApplicantId, e.At));
        On<ApplicantReinstated>(e => Settle(e.ApplicantId, e.At));
        On<ApplicantClosed>(e => Settle(e.ApplicantId, e.At));
    }

    private static ScheduledCommand Settle(ApplicantId applicant, DateTimeOffset at) => Schedule(new SettleApplicant(applicant), at, $"driver-applicant:{applicant}");
}

internal sealed class SettleApplicantHandler(ILane lane, IAggregates aggregates, ISubjectTraces traces, ITenantScopes scopes, ITenantContext context) : IRequestHandler<SettleApplicant, Committed>
{
    public async Task<Committed> Handle(SettleApplicant command, CancellationToken cancellationToken)
    {
        var applicant = (await aggregates.Find<Applicant, ApplicantEvent>(command.ApplicantId.Value, cancellationToken))!.State;
        if (applicant.Decided is ApplicantStatus.Approved)
        {
            return await Enroll(applicant, cancellationToken);
        }

        return applicant.DriverId is { } driver ? await Release(applicant, driver, cancellationToken) : new(0);
    }

    private async Task<Committed> Enroll(Applicant applicant, CancellationToken cancellationToken)
    {
        var wanted = new UserId(Uuid.Named("applicant_account", applicant.Id.ToString()));
        var account = applicant.DriverId?.Account()
            ?? (await scopes.Send(TenantId.Platform, new OpenDriverAccount(wanted, applicant.Email, applicant.Name, applicant.Phone, Proved: !context.IsSandbox), cancellationToken)).UserId;
        var driver = new DriverId(account.Value);
        var application = new DriverApplication(driver, account, applicant.Name, applicant.Phone, applicant.Vehicle, applicant.Plate);
        await scopes.Send(TenantId.Pool, new EnrollDriver(application, context.Tenant), cancellationToken);

        var (id, roster) = (applicant.Id.Value, RosterDriver.StreamOf(driver));
        return await lane.Run(
            streams => streams.Of<Applicant>(id).Of<RosterDriver>(roster),
            (log, now) =>
            {
                log.Append<Applicant, ApplicantEvent>(id, log.Get<Applicant>(id).Enroll(driver, now));
                if (log.Get<Applicant>(id).Decided is ApplicantStatus.Approved) // still; whoever has ended it since has this run once more
                {
                    log.Append<RosterDriver, RosterEvent>(roster, RosterDriver.Add(log.Find<RosterDriver>(roster), driver, applicant.Name, applicant.Vehicle, now));
                }

                return new Committed(log.Version(id));
            },
            cancellationToken);
    }

    private async Task<Committed> Release(Applicant applicant, DriverId driver, CancellationToken cancellationToken)
    {
        await scopes.Send(TenantId.Pool, new ReleaseDriver(driver, context.Tenant), cancellationToken);
        var events = await traces.CountEvents(driver.Value, cancellationToken);
        var (roster, erased, subject) = (RosterDriver.StreamOf(driver), DataSubject.StreamOf(applicant.Id.Value), DataSubject.StreamOf(driver.Value));
        return await lane.Run(
            streams => streams.Of<RosterDriver>(roster).Of<DataSubject>(erased, subject),
            (log, now) =>
            {
                log.Append<RosterDriver, RosterEvent>(roster, log.Find<RosterDriver>(roster)?.Remove(now) ?? []);
                if (log.Find<DataSubject>(erased) is { Last: var erasure })
                {
                    log.Append<DataSubject, DataSubjectEvent>(
                        subject, DataSubject.Erase(log.Find<DataSubject>(subject), driver.Value, erasure.Reason, erasure.By, [], events, now));
                }

                return new Committed(log.Version(roster));
            },
            cancellationToken);
    }
}
