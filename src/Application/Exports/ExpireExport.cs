using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Exports;
using Mainstreet.Domain.Privacy;
using MediatR;

namespace Mainstreet.Application.Exports;

/// <summary>Its time is over, or somebody who is in the file was erased.</summary>
[Message("export.expire", Queues.Exports, Purpose.Erase)]
internal sealed record ExpireExport(ExportId ExportId) : IRequest<Committed>;

internal sealed class ExpireExportHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<ExpireExport, Committed>
{
    public Task<Committed> Handle(ExpireExport command, CancellationToken cancellationToken) => aggregates.Update<Export, ExportEvent>(
        command.ExportId.Value, expectedVersion: null, export => export.Expire(clock.GetUtcNow()), cancellationToken);
}

/// <summary>Files with people in them do not outlive an erasure; whoever wants one asks anew, and has it without the person.</summary>
[Message("export.forget_people", Queues.Exports, Purpose.Erase)]
internal sealed record ForgetPeopleInExports(DateTimeOffset ErasedAt) : IRequest<Committed>;

internal sealed class ForgetPeopleInExportsHandler(ILane lane) : IRequestHandler<ForgetPeopleInExports, Committed>
{
    public Task<Committed> Handle(ForgetPeopleInExports command, CancellationToken cancellationToken) => lane.Run(
        streams => streams.In<Export>(
            "select export_id from rm.exports where personal and status in (@running, @completed) and requested_at <= @erased_at",
            new { ExportStatus.Running, ExportStatus.Completed, command.ErasedAt }),
        (log, now) =>
        {
            foreach (var export in log.All<Export>())
            {
                log.Append<Export, ExportEvent>(export.Id.Value, export.Expire(now));
            }

            return new Committed(0);
        },
        cancellationToken);
}

/// <summary>Nothing is left of a file that nobody is to read any more.</summary>
[Message("export.remove_file", Queues.Exports, Purpose.Erase)]
internal sealed record RemoveExportFile(ExportId ExportId) : IRequest<Committed>;

internal sealed class RemoveExportFileHandler(IExportFiles files) : IRequestHandler<RemoveExportFile, Committed>
{
    public async Task<Committed> Handle(RemoveExportFile command, CancellationToken cancellationToken)
    {
        await files.Remove(command.ExportId, cancellationToken);
        return new Committed(0);
    }
}

internal sealed class ExportEnds : Policy
{
    public ExportEnds() : base("export_ends")
    {
        On<ExportCompleted>(e => Schedule(new ExpireExport(e.ExportId), e.ExpiresAt));
        On<ExportCanceled>(e => Schedule(new RemoveExportFile(e.ExportId), e.At));
        On<ExportExpired>(e => Schedule(new RemoveExportFile(e.ExportId), e.At));
        On<DataSubjectErased>(e => Schedule(new ForgetPeopleInExports(e.At), e.At));
    }
}
