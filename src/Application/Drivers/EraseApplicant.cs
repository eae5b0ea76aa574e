using Mainstreet.Application.Privacy;
using Mainstreet.Domain;
using Mainstreet.Domain.Drivers;
using Mainstreet.Domain.Privacy;
using MediatR;

namespace Mainstreet.Application.Drivers;

/// <summary>
/// Makes an applicant's personal data unreadable for good, with the files, and closes the application; who drives does so no longer.
/// Repeated, it changes nothing. Errors: not_found (404).
/// </summary>
public sealed record EraseApplicant(ApplicantId ApplicantId, ErasureReason Reason) : IRequest<ErasureReceipt>;

/// <summary><see cref="EraseApplicant"/> by the applicant. Errors: mail_token_invalid (400).</summary>
public sealed record WithdrawApplication(string Token) : IRequest<ErasureReceipt>
{
    public override string ToString() => nameof(WithdrawApplication);
}

internal sealed class WithdrawApplicationHandler(ApplicantTokens tokens, IMediator mediator) : IRequestHandler<WithdrawApplication, ErasureReceipt>
{
    public async Task<ErasureReceipt> Handle(WithdrawApplication command, CancellationToken cancellationToken) =>
        await mediator.Send(new EraseApplicant((await tokens.Holder(command.Token, cancellationToken)).Id, ErasureReason.Requested), cancellationToken);
}

internal sealed class EraseApplicantHandler(ILane lane, ISubjectTraces traces, ITenantContext context) : IRequestHandler<EraseApplicant, ErasureReceipt>
{
    public async Task<ErasureReceipt> Handle(EraseApplicant command, CancellationToken cancellationToken)
    {
        var subject = command.ApplicantId.Value;
        var events = await traces.CountEvents(subject, cancellationToken);
        var id = DataSubject.StreamOf(subject);
        return await lane.Run(
            streams => streams.Of<Applicant>(subject).Of<DataSubject>(id),
            (log, now) =>
            {
                var applicant = log.Find<Applicant>(subject) ?? throw new DomainException(DriverErrors.NoApplication);
                log.Append<Applicant, ApplicantEvent>(subject, applicant.Close(now));
                log.Append<DataSubject, DataSubjectEvent>(id, DataSubject.Erase(
                    log.Find<DataSubject>(id), subject, command.Reason, context.Actor.Id is { } by ? new UserId(by) : null, [], events, now));
                var last = log.Get<DataSubject>(id).Last;
                return new ErasureReceipt(last.SubjectId, last.Reason, last.By, last.Events, last.At, log.Version(id));
            },
            cancellationToken);
    }
}
