using Mainstreet.Domain;
using Mainstreet.Domain.Drivers;
using MediatR;

namespace Mainstreet.Application.Drivers;

/// <summary>Errors of this and what follows: not_found (404), stale_version (412), illegal_transition (409). Here also document_expired (400).</summary>
public sealed record ApproveDocument(ApplicantId ApplicantId, DocumentId DocumentId, int? ExpectedVersion) : IRequest<Committed>;

/// <summary>It has to be handed in again. Errors: reason_invalid (400).</summary>
public sealed record RejectDocument(ApplicantId ApplicantId, DocumentId DocumentId, string Reason, int? ExpectedVersion) : IRequest<Committed>
{
    /// <summary>Without the reason, in which the person may be named.</summary>
    public override string ToString() => $"{nameof(RejectDocument)} {DocumentId}";
}

/// <summary>The applicant may drive: <see cref="SettleApplicant"/> does what is to be done for that. Errors: documents_missing (409).</summary>
public sealed record ApproveApplicant(ApplicantId ApplicantId, int? ExpectedVersion) : IRequest<Committed>;

/// <summary>Whoever is rejected may apply again. Errors: reason_invalid (400).</summary>
public sealed record RejectApplicant(ApplicantId ApplicantId, string Reason, int? ExpectedVersion) : IRequest<Committed>
{
    /// <summary>Without the reason, in which the person may be named.</summary>
    public override string ToString() => $"{nameof(RejectApplicant)} {ApplicantId}";
}

/// <summary>Nobody needs the files of the papers in whose place it comes.</summary>
internal sealed class ApproveDocumentHandler(IAggregates aggregates, IDocumentFiles files, TimeProvider clock) : IRequestHandler<ApproveDocument, Committed>
{
    public async Task<Committed> Handle(ApproveDocument command, CancellationToken cancellationToken)
    {
        Guid[] replaced = [];
        var committed = await aggregates.Update<Applicant, ApplicantEvent>(
            command.ApplicantId.Value,
            command.ExpectedVersion,
            applicant =>
            {
                var events = applicant.ApproveDocument(command.DocumentId, clock.GetUtcNow());
                replaced = applicant.FilesReplacedIn(events.Aggregate(applicant, (state, e) => Applicant.Evolve(state, e)));
                return events;
            },
            cancellationToken);
        await files.Remove(replaced, CancellationToken.None);
        return committed;
    }
}

internal sealed class ReviewApplicantHandler(IAggregates aggregates, TimeProvider clock) :
    IRequestHandler<RejectDocument, Committed>,
    IRequestHandler<ApproveApplicant, Committed>, IRequestHandler<RejectApplicant, Committed>
{
    public Task<Committed> Handle(RejectDocument command, CancellationToken cancellationToken) =>
        Step(command.ApplicantId, command.ExpectedVersion, (applicant, now) => applicant.RejectDocument(command.DocumentId, command.Reason, now), cancellationToken);

    public Task<Committed> Handle(ApproveApplicant command, CancellationToken cancellationToken) =>
        Step(command.ApplicantId, command.ExpectedVersion, (applicant, now) => applicant.Approve(now), cancellationToken);

    public Task<Committed> Handle(RejectApplicant command, CancellationToken cancellationToken) =>
        Step(command.ApplicantId, command.ExpectedVersion, (applicant, now) => applicant.Reject(command.Reason, now), cancellationToken);

    private Task<Committed> Step(ApplicantId id, int? expectedVersion, Func<Applicant, DateTimeOffset, ApplicantEvent[]> decide, CancellationToken cancellationToken) =>
        aggregates.Update<Applicant, ApplicantEvent>(id.Value, expectedVersion, applicant => decide(applicant, clock.GetUtcNow()), cancellationToken);
}
