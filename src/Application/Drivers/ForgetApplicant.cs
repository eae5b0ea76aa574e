using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Drivers;
using Mainstreet.Domain.Privacy;
using MediatR;

namespace Mainstreet.Application.Drivers;

/// <summary>Erases whoever was rejected or released when nobody needs to know any more who it was; nothing for anybody else.</summary>
[Message("driver_applicant.forget", Queues.Default, Purpose.Attend)]
internal sealed record ForgetApplicant(ApplicantId ApplicantId) : IRequest<Committed>;

internal sealed class ForgottenApplicants : Policy
{
    public ForgottenApplicants() : base("driver_applicants_forgotten")
    {
        On<ApplicantRejected>(e => Forget(e.ApplicantId, e.At));
        On<ApplicantReleased>(e => Forget(e.ApplicantId, e.At));
    }

    private static ScheduledCommand Forget(ApplicantId applicant, DateTimeOffset at) =>
        Schedule(new ForgetApplicant(applicant), at + Applicant.Retention, $"driver-applicant-forgotten:{applicant}");
}

internal sealed class ForgetApplicantHandler(IAggregates aggregates, IMediator mediator) : IRequestHandler<ForgetApplicant, Committed>
{
    public async Task<Committed> Handle(ForgetApplicant command, CancellationToken cancellationToken) =>
        await aggregates.Find<Applicant, ApplicantEvent>(command.ApplicantId.Value, cancellationToken) is { State: { IsOver: true, Decided: not ApplicantStatus.Closed } }
            ? await mediator.Send(new EraseApplicant(command.ApplicantId, ErasureReason.NoLongerNeeded), cancellationToken)
            : new Committed(0);
}
