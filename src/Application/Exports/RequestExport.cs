using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Exports;
using MediatR;

namespace Mainstreet.Application.Exports;

/// <summary>
/// A list becomes a file; export.completed tells when it is there. Errors: export_list_forbidden (403), already_exists, too_many_exports (409).
/// </summary>
/// <param name="Held">What the caller may: nobody exports what they cannot read.</param>
public sealed record RequestExport(string List, ExportFormat Format, IReadOnlySet<string> Held, ExportId? ExportId = null) : IRequest<ExportReceipt>;

public sealed record ExportReceipt(ExportId ExportId, DateTimeOffset At, int Version) : Committed(Version);

internal sealed class RequestExportValidator : AbstractValidator<RequestExport>
{
    public RequestExportValidator()
    {
        RuleFor(c => c.List).Must(list => ExportedList.Find(list) is not null).WithErrorCode("export_list_unknown")
            .WithMessage($"The lists are {string.Join(", ", ExportedList.All.Select(list => list.Name))}.");
        RuleFor(c => c.ExportId).Must(id => id?.Value != Guid.Empty).OverridePropertyName("id");
    }
}

internal sealed class RequestExportHandler(ILane lane) : IRequestHandler<RequestExport, ExportReceipt>
{
    private const int AtOnce = 5;

    public Task<ExportReceipt> Handle(RequestExport command, CancellationToken cancellationToken)
    {
        var list = ExportedList.Find(command.List)!;
        Check.That(command.Held.Contains(list.Permission), ExportErrors.ListForbidden(list.Permission));
        var id = command.ExportId ?? new ExportId(Uuid.New());
        return lane.Run(
            streams => streams.Of<Export>(id.Value).In<Export>("select export_id from rm.exports where status = @running", new { Running = ExportStatus.Running }),
            (log, now) =>
            {
                log.RefuseExisting<Export>(id.Value);
                Check.That(log.All<Export>().Count(export => export.Status is ExportStatus.Running) < AtOnce, ExportErrors.TooMany);
                log.Append<Export, ExportEvent>(id.Value, Export.Request(id, list.Name, command.Format, list.Personal, now));
                log.Schedule(new RunExport(id), now);
                return new ExportReceipt(id, now, log.Version(id.Value));
            },
            cancellationToken);
    }
}
