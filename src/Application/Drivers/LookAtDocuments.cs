using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Drivers;
using MediatR;

namespace Mainstreet.Application.Drivers;

/// <summary>
/// Reminds of papers that expire soon, suspends whoever has none that is good (DRV-16), and comes back when there is something to do again.
/// </summary>
[Message("driver_applicant.look_at_documents", Queues.Default, Purpose.Attend)]
internal sealed record LookAtDocuments(ApplicantId ApplicantId) : IRequest<Committed>
{
    /// <summary>Of the one look that is to come.</summary>
    public string Key => $"driver-documents:{ApplicantId}";
}

internal sealed class LookAtDocumentsHandler(ILane lane) : IRequestHandler<LookAtDocuments, Committed>
{
    public Task<Committed> Handle(LookAtDocuments command, CancellationToken cancellationToken)
    {
        var id = command.ApplicantId.Value;
        return lane.Run(
            streams => streams.Of<Applicant>(id),
            (log, now) =>
            {
                log.Append<Applicant, ApplicantEvent>(id, log.Get<Applicant>(id).LookAtDocuments(now));
                if (log.Get<Applicant>(id).NextLook(now) is { } due)
                {
                    log.Schedule(command, due, command.Key);
                }

                return new Committed(log.Version(id));
            },
            cancellationToken);
    }
}

/// <summary>Papers that were approved have an end.</summary>
internal sealed class DocumentDeadlines : Policy
{
    public DocumentDeadlines() : base("driver_document_deadlines")
    {
        On<DocumentApproved>(e => Look(e.ApplicantId, e.At));
        On<ApplicantApproved>(e => Look(e.ApplicantId, e.At));
    }

    private static ScheduledCommand Look(ApplicantId applicant, DateTimeOffset at)
    {
        var look = new LookAtDocuments(applicant);
        return Schedule(look, at, look.Key);
    }
}
