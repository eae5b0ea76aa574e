using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Drivers;
using MediatR;

namespace Mainstreet.Application.Drivers;

/// <summary>
/// An applicant hands a document in, for the first time or again. Errors: mail_token_invalid, document_invalid, document_expired,
/// file_type_unknown (400); illegal_transition, too_many_documents (409).
/// </summary>
/// <param name="File">What it is, its first bytes say.</param>
public sealed record SubmitDocument(string Token, DocumentKind Kind, string Number, DateOnly? ExpiresOn, byte[] File) : IRequest<DocumentReceipt>
{
    /// <summary>Without the person, because requests end up in logs.</summary>
    public override string ToString() => $"{nameof(SubmitDocument)} {Kind}";
}

public sealed record DocumentReceipt(DocumentId DocumentId, int Version) : Committed(Version);

internal sealed class SubmitDocumentValidator : AbstractValidator<SubmitDocument>
{
    public SubmitDocumentValidator() => RuleFor(c => c.File).Must(file => file.Length is > 0 and <= DocumentFile.MaxSize)
        .WithErrorCode("file_size_invalid").WithMessage($"A file has 1 to {DocumentFile.MaxSize} bytes.");
}

internal sealed class SubmitDocumentHandler(ApplicantTokens tokens, ILane lane, IDocumentFiles files, ITenantContext context, TimeProvider clock)
    : IRequestHandler<SubmitDocument, DocumentReceipt>
{
    public async Task<DocumentReceipt> Handle(SubmitDocument command, CancellationToken cancellationToken)
    {
        var holder = await tokens.Holder(command.Token, cancellationToken);
        var id = new DocumentId(Uuid.Named("driver_document", context.CommandId.ToString()));
        var contentType = DocumentFile.TypeOf(command.File);
        Decide(holder, clock.GetUtcNow()); // before anything is kept
        await files.Keep(id.Value, holder.Id.Value, command.File, cancellationToken);
        Guid[] replaced = [];
        var receipt = await lane.Run(
            streams => streams.Of<Applicant>(holder.Id.Value),
            (log, now) =>
            {
                var before = log.Get<Applicant>(holder.Id.Value);
                log.Append<Applicant, ApplicantEvent>(holder.Id.Value, Decide(before, now));
                replaced = before.FilesReplacedIn(log.Get<Applicant>(holder.Id.Value));
                return new DocumentReceipt(id, log.Version(holder.Id.Value));
            },
            cancellationToken);
        await files.Remove(replaced, CancellationToken.None);
        return receipt;

        ApplicantEvent[] Decide(Applicant applicant, DateTimeOffset now) =>
            applicant.Submit(id, command.Kind, command.Number, command.ExpiresOn, contentType, command.File.Length, now);
    }
}
