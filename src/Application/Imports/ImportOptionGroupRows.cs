using System.Globalization;
using Mainstreet.Application.Catalog;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Application.Imports;

/// <summary>
/// Some rows of option groups. A row means the group with its id, else the one of its name (an archived one where that is what it says), else a new one; its choices are all
/// that there are, known by id or else by name.
/// </summary>
internal sealed record ImportOptionGroupRows(ImportRow[] Rows) : IRequest<ImportStepReceipt>;

internal sealed record OptionGroupRow(OptionGroupId? Id, string? Name, int? MinSelections, int? MaxSelections, ChoiceOfRow?[]? Choices, bool? Archived);

internal sealed record ChoiceOfRow(ChoiceId? Id, string? Name, Money? Price, int? Limit, bool? Default, bool? Available);

internal sealed class ImportOptionGroupRowsHandler(ILane lane, IReadStore reads, ITenantContext tenant) : IRequestHandler<ImportOptionGroupRows, ImportStepReceipt>
{
    public async Task<ImportStepReceipt> Handle(ImportOptionGroupRows command, CancellationToken cancellationToken)
    {
        var rows = command.Rows.Select(row => (Row: row, Value: row.Read<OptionGroupRow>(out var fault), Fault: fault)).ToArray();
        var known = await reads.List<Known>("select id, name, archived from rm.option_groups order by id", null, cancellationToken);
        var meant = rows.Select(row => row.Value is null ? null : Meant(row.Value)).ToArray();
        return await lane.Run(
            streams => streams.Of<BusinessProfile>(tenant.Tenant.Value).Of<OptionGroup>(meant.OfType<OptionGroupId>().Select(id => id.Value)),
            (log, now) => new ImportStepReceipt([.. rows.Zip(meant, (row, id) => row.Fault is { } fault
                ? ImportOutcome.Faulty(row.Row, fault)
                : ImportSteps.Decide(row.Row, id?.Value, () => Apply(log, row.Value!, id, now)))]),
            cancellationToken);

        OptionGroupId? Meant(OptionGroupRow row) => row switch
        {
            { Id: not null } or { Name: null } => row.Id,
            _ => known.FirstOrDefault(group => group.Name == row.Name && (row.Archived is true || !group.Archived))?.Id
                ?? Enumerable.Range(1, known.Count + 1).Select(i => new OptionGroupId(Uuid.Named("option_group", row.Name, i.ToString(CultureInfo.InvariantCulture))))
                    .First(id => known.All(group => group.Id != id)),
        };
    }

    private ImportStatus Apply(ILaneLog log, OptionGroupRow row, OptionGroupId? meant, DateTimeOffset now)
    {
        var id = meant ?? throw ImportSteps.Required("/name");
        var present = log.Find<OptionGroup>(id.Value);
        var details = new OptionGroupDetails(
            row.Name ?? present?.Details.Name ?? throw ImportSteps.Required("/name"), row.MinSelections ?? present?.Details.MinSelections ?? 0,
            row.MaxSelections ?? present?.Details.MaxSelections ?? 1, Choices(log, row, id, present?.Details.Choices));
        OptionGroupEvent[] events = present is null ? OptionGroup.Create(id, details, now)
            : present.Archived && details.SameAs(present.Details) ? []
            : present.Change(details, now);
        var group = events.Aggregate(present, OptionGroup.Evolve)!;
        events = row.Archived == true ? [.. events, .. group.Archive(now)] : events;
        log.Append<OptionGroup, OptionGroupEvent>(id.Value, events);
        return present is null ? ImportStatus.Created : events.Length > 0 ? ImportStatus.Updated : ImportStatus.Unchanged;
    }

    private OptionChoice[] Choices(ILaneLog log, OptionGroupRow row, OptionGroupId group, OptionChoice[]? present)
    {
        if (row.Choices is null)
        {
            return present ?? throw ImportSteps.Required("/choices");
        }

        return log.Choices(tenant.Tenant, [.. row.Choices.Select((choice, i) => Draft(choice, i))], present ?? []);

        ChoiceDraft Draft(ChoiceOfRow? choice, int index)
        {
            var name = choice?.Name ?? throw ImportSteps.Required($"/choices/{index}/name");
            var id = choice.Id ?? Array.Find(present ?? [], known => known.Name == name)?.Id ?? new ChoiceId(Uuid.Named("choice", group.ToString(), name));
            return new(id, name, choice.Price, choice.Limit, choice.Default, choice.Available);
        }
    }

    private sealed record Known(OptionGroupId Id, string Name, bool Archived);
}
