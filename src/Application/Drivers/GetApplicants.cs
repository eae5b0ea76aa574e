using Mainstreet.Domain;
using Mainstreet.Domain.Drivers;
using MediatR;

namespace Mainstreet.Application.Drivers;

/// <summary>Who wants to drive, the last to apply first.</summary>
public sealed record ListApplicants(PageRequest Page, ApplicantStatus? Status = null) : IRequest<Page<ApplicantView>>;

/// <summary>Errors: not_found (404).</summary>
public sealed record GetApplicant(ApplicantId ApplicantId) : IRequest<ApplicantView>;

/// <summary>The application of whoever has the code. Errors: mail_token_invalid (400).</summary>
public sealed record GetMyApplication(string Token) : IRequest<Applicant>
{
    public override string ToString() => nameof(GetMyApplication);
}

/// <summary>A file as it was handed in. Errors: not_found (404), also when the applicant was erased.</summary>
public sealed record GetDocumentFile(ApplicantId ApplicantId, DocumentId DocumentId) : IRequest<FileOfDocument>;

public sealed record FileOfDocument(string ContentType, byte[] Content);

internal sealed class GetApplicantsHandler(IReadStore reads, ApplicantTokens tokens, IDocumentFiles files) :
    IRequestHandler<ListApplicants, Page<ApplicantView>>, IRequestHandler<GetApplicant, ApplicantView>, IRequestHandler<GetMyApplication, Applicant>,
    IRequestHandler<GetDocumentFile, FileOfDocument>
{
    public async Task<Page<ApplicantView>> Handle(ListApplicants query, CancellationToken cancellationToken)
    {
        var name = $"driver applicants {query.Status}";
        var after = query.Page.After(name);
        var rows = await reads.List<ApplicantView>(
            $"""
            select * from rm.driver_applicants where true
               {(query.Status is null ? "" : "and status = @status")}
               {(after is null ? "" : "and (applied_at, applicant_id) < (@applied_at, @applicant_id)")}
             order by applied_at desc, applicant_id desc limit @rows
            """,
            new { query.Status, query.Page.Rows, AppliedAt = after?.Time(0), ApplicantId = after?.Id(1) },
            cancellationToken);
        return query.Page.Cut(rows, name, applicant => [applicant.AppliedAt, applicant.ApplicantId]);
    }

    public async Task<ApplicantView> Handle(GetApplicant query, CancellationToken cancellationToken) =>
        await reads.Find<ApplicantView>("select * from rm.driver_applicants where applicant_id = @applicant_id", new { query.ApplicantId }, cancellationToken)
        ?? throw new DomainException(DriverErrors.NoApplication);

    public Task<Applicant> Handle(GetMyApplication query, CancellationToken cancellationToken) => tokens.Holder(query.Token, cancellationToken);

    public async Task<FileOfDocument> Handle(GetDocumentFile query, CancellationToken cancellationToken)
    {
        var applicant = await Handle(new GetApplicant(query.ApplicantId), cancellationToken);
        return Array.Find(applicant.Documents, document => document.Id == query.DocumentId) is { } document
            && await files.Find(document.Id.Value, cancellationToken) is { } content
                ? new(document.ContentType, content)
                : throw new DomainException(DomainError.NotFound("document"));
    }
}
