using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Imports;
using MediatR;

namespace Mainstreet.Application.Imports;

/// <summary>An import that waits for its file. Errors: import_list_forbidden (403), already_exists, too_many_imports (409).</summary>
/// <param name="DryRun">Every row is decided and none is kept.</param>
/// <param name="Held">What the caller may: nobody imports what they cannot change.</param>
public sealed record RequestImport(string List, ImportFormat Format, bool DryRun, IReadOnlySet<string> Held, ImportId? ImportId = null) : IRequest<ImportReceipt>;

public sealed record ImportReceipt(ImportId ImportId, DateTimeOffset At, DateTimeOffset ExpiresAt, int Version) : Committed(Version);

internal sealed class RequestImportValidator : AbstractValidator<RequestImport>
{
    public RequestImportValidator()
    {
        RuleFor(c => c.List).Must(list => ImportedList.Find(list) is not null).WithErrorCode("import_list_unknown")
            .WithMessage($"The lists are {string.Join(", ", ImportedList.All.Select(list => list.Name))}.");
        RuleFor(c => c.ImportId).Must(id => id?.Value != Guid.Empty).OverridePropertyName("id");
    }
}

internal sealed class RequestImportHandler(ILane lane) : IRequestHandler<RequestImport, ImportReceipt>
{
    private const int AtOnce = 5;

    public Task<ImportReceipt> Handle(RequestImport command, CancellationToken cancellationToken)
    {
        var list = ImportedList.Find(command.List)!;
        Check.That(command.Held.Contains(list.Permission), ImportErrors.ListForbidden(list.Permission));
        var id = command.ImportId ?? new ImportId(Uuid.New());
        return lane.Run(
            streams => streams.Of<Import>(id.Value).In<Import>(
                "select import_id from rm.imports where status in (@awaiting, @running)", new { Awaiting = ImportState.AwaitingFile, ImportState.Running }),
            (log, now) =>
            {
                log.RefuseExisting<Import>(id.Value);
                Check.That(log.All<Import>().Count(import => import.Status is ImportState.AwaitingFile or ImportState.Running) < AtOnce, ImportErrors.TooMany);
                log.Append<Import, ImportEvent>(id.Value, Import.Request(id, list.Name, command.Format, command.DryRun, now));
                return new ImportReceipt(id, now, now + Import.KeptFor, log.Version(id.Value));
            },
            cancellationToken);
    }
}
