using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Exports;
using MediatR;

namespace Mainstreet.Application.Exports;

/// <summary>Writes the file. Repeated after a crash it begins anew; one that fails for good is a dead letter, and goes on when that is redriven.</summary>
[Message("export.run", Queues.Exports, Purpose.Attend)]
internal sealed record RunExport(ExportId ExportId) : IRequest<Committed>;

internal sealed class RunExportHandler(IAggregates aggregates, IExportFiles files, ILane lane) : IRequestHandler<RunExport, Committed>
{
    public async Task<Committed> Handle(RunExport command, CancellationToken cancellationToken)
    {
        var id = command.ExportId.Value;
        if (await aggregates.Find<Export, ExportEvent>(id, cancellationToken) is not { State: { Status: ExportStatus.Running } export }
            || await files.Write(export.Id, ExportedList.Find(export.List)!, export.Format, cancellationToken) is not { } file)
        {
            return new Committed(0);
        }

        return await lane.Run(
            streams => streams.Of<Export>(id),
            (log, now) =>
            {
                log.Append<Export, ExportEvent>(id, log.Get<Export>(id).Complete(file, now));
                return new Committed(log.Version(id));
            },
            cancellationToken);
    }
}
