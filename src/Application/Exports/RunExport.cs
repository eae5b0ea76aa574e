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
        var export = (await aggregates.Find<Export, ExportEvent>(id, cancellationToken))?.State;
        if (export is { Status: ExportStatus.Canceled or ExportStatus.Expired })
        {
            await files.Remove(export.Id, cancellationToken); // an attempt before may have begun it after the end
            return new Committed(0);
        }

        if (export is not { Status: ExportStatus.Running } || await files.Write(export.Id, ExportedList.Find(export.List)!, export.Format, cancellationToken) is not { } file)
        {
            return new Committed(0);
        }

        return await lane.Run(
            streams => streams.Of<Export>(id),
            (log, now) =>
            {
                var state = log.Get<Export>(id);
                log.Append<Export, ExportEvent>(id, state.Complete(file, now));
                if (state.Status is ExportStatus.Canceled or ExportStatus.Expired)
                {
                    log.Schedule(new RemoveExportFile(command.ExportId), now); // it may have ended before this run began the file
                }

                return new Committed(log.Version(id));
            },
            cancellationToken);
    }
}
