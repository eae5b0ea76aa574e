using FluentValidation;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Drivers;
using MediatR;

namespace Mainstreet.Application.Drivers;

/// <summary>
/// Somebody wants to drive for this business (IAM-08). The code with which papers are handed in comes by mail; whoever has applied already
/// gets it once more, which neither the answer nor its time tells. Errors: name_invalid, phone_invalid, document_invalid (400); too many
/// attempts (429).
/// </summary>
public sealed record ApplyToDrive(string Name, string Email, string? Phone, VehicleType Vehicle, string? Plate, Client Client) : IRequest<Committed>
{
    /// <summary>Without the person, because requests end up in logs.</summary>
    public override string ToString() => nameof(ApplyToDrive);
}

internal sealed class ApplyToDriveValidator : AbstractValidator<ApplyToDrive>
{
    public ApplyToDriveValidator() => RuleFor(c => c.Email).IsEmailAddress();
}

internal sealed class ApplyToDriveHandler(ILane lane, IAttempts attempts, ITenantContext context) : IRequestHandler<ApplyToDrive, Committed>
{
    public async Task<Committed> Handle(ApplyToDrive command, CancellationToken cancellationToken)
    {
        var id = new ApplicantId(Uuid.Named("driver_applicant", context.CommandId.ToString()));
        var email = EmailAddress.Normalize(command.Email);
        await attempts.Reserve(Guess.Mail, $"drive:{email}", account: null, command.Client, cancellationToken);
        return await lane.Run(
            streams => streams.Of<Applicant>(id.Value).In<Applicant>(
                "select applicant_id from rm.driver_applicants where email = @email and status not in ('rejected', 'released', 'closed') limit 1", new { email }),
            (log, now) =>
            {
                var known = log.All<Applicant>().FirstOrDefault(other => other.Id != id);
                var applied = Applicant.Apply(id, command.Name, email, command.Phone, command.Vehicle, command.Plate, now);
                if (known is null)
                {
                    log.RefuseExisting<Applicant>(id.Value);
                    log.Append<Applicant, ApplicantEvent>(id.Value, applied);
                }
                else
                {
                    log.Schedule(new SendApplicantMail(known.Id, ApplicantMail.Received), now, $"driver-application:{known.Id}");
                }

                return new Committed(0);
            },
            cancellationToken);
    }
}
