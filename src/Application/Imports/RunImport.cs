using Mainstreet.Domain;
using Mainstreet.Domain.Imports;
using MediatR;

namespace Mainstreet.Application.Imports;

/// <summary>
/// One part of a file, and in its commit the message for the next one: whatever is killed goes on with the part it was at. Steps that were
/// committed before are met under their ids, and answer what they answered, so no row is counted as another than it was.
/// </summary>
[Message("import.run", Queues.Imports)]
internal sealed record RunImport(ImportId ImportId) : IRequest<Committed>;

internal sealed class RunImportHandler(IAggregates aggregates, IImportFiles files, ITenantScopes scopes, ITenantContext tenant, ILane lane) : IRequestHandler<RunImport, Committed>
{
    public async Task<Committed> Handle(RunImport command, CancellationToken cancellationToken)
    {
        var id = command.ImportId;
        if (await aggregates.Find<Import, ImportEvent>(id.Value, cancellationToken) is not { State: { Status: ImportState.Running, File: { } file } import }
            || await files.Part(id, file.Upload, import.Parts, cancellationToken) is not { } rows)
        {
            return new Committed(0);
        }

        var outcomes = await TakePart(ImportedList.Find(import.List)!, rows, import.DryRun, cancellationToken);
        ImportRowError[] errors =
        [
            .. outcomes.Where(row => row.Fault is not null).Select(row => new ImportRowError(row.Row, row.Line, row.Id, row.Fault!.Place, row.Fault.Code, row.Fault.Message)),
        ];
        if (errors.Length > 0)
        {
            await files.KeepErrors(id, errors, cancellationToken);
        }
        return await lane.Run(
            streams => streams.Of<Import>(id.Value),
            (log, now) =>
            {
                log.Append<Import, ImportEvent>(id.Value, log.Get<Import>(id.Value).Advance(import.Parts, ImportOutcome.Count(outcomes), now));
                if (log.Get<Import>(id.Value).Status is ImportState.Running)
                {
                    log.Schedule(new RunImport(id), now);
                }

                return new Committed(log.Version(id.Value));
            },
            cancellationToken);
    }

    private async Task<List<ImportOutcome>> TakePart(ImportedList list, ImportRow[] rows, bool dryRun, CancellationToken cancellationToken)
    {
        List<ImportOutcome> outcomes = [.. rows.Where(row => row.Fault is not null).Select(row => ImportOutcome.Faulty(row, row.Fault!))];
        foreach (var step in list.Steps(rows.Where(row => row.Fault is null)))
        {
            outcomes.AddRange(await Take(list, step, dryRun, cancellationToken));
        }

        return outcomes;
    }

    /// <summary>One commit; when it is refused as a whole, one for each of its rows, so that only the refused ones are left out.</summary>
    private async Task<IReadOnlyList<ImportOutcome>> Take(ImportedList list, ImportRow[] step, bool dryRun, CancellationToken cancellationToken)
    {
        try
        {
            var receipt = dryRun
                ? await scopes.Rehearse(tenant.Tenant, list.Step(step), cancellationToken)
                : await scopes.Send(tenant.Tenant, list.Step(step), cancellationToken);
            return receipt.Rows;
        }
        catch (DomainException e) when (ImportSteps.IsOfARow(e.Error))
        {
            if (step is [var only])
            {
                return [ImportOutcome.Faulty(only, ImportSteps.FaultOf(e.Error))];
            }

            var outcomes = new List<ImportOutcome>();
            foreach (var row in step)
            {
                outcomes.AddRange(await Take(list, [row], dryRun, cancellationToken));
            }

            return outcomes;
        }
    }
}
