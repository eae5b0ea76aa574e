using Mainstreet.Application.Catalog;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Application.Imports;

/// <summary>Some rows of option groups. A row means the group with its id, else one that follows from its name; its choices are all that there are, known by id or else by name.</summary>
internal sealed record ImportOptionGroupRows(ImportRow[] Rows) : IRequest<ImportStepReceipt>;

internal sealed record OptionGroupRow(OptionGroupId? Id, string? Name, int? MinSelections, int? MaxSelections, ChoiceOfRow?[]? Choices, bool? Archived)
{
    public OptionGroupId? Meant => Id ?? (Name is null ? null : new OptionGroupId(Uuid.Named("option_group", Name)));
}

internal sealed record ChoiceOfRow(ChoiceId? Id, string? Name, Money? Price, int? Limit, bool? Default, bool? Available);

internal sealed class ImportOptionGroupRowsHandler(ILane lane, ITenantContext tenant) : IRequestHandler<ImportOptionGroupRows, ImportStepReceipt>
{
    public Task<ImportStepReceipt> Handle(ImportOptionGroupRows command, CancellationToken cancellationToken)
    {
        var rows = command.Rows.Select(row => (Row: row, Value: row.Read<OptionGroupRow>(out var fault), Fault: fault)).ToArray();
        return lane.Run(
            streams => streams.Of<BusinessProfile>(tenant.Tenant.Value).Of<OptionGroup>(rows.Select(row => row.Value?.Meant?.Value).OfType<Guid>()),
            (log, now) => new ImportStepReceipt([.. rows.Select(row => row.Fault is { } fault
                ? ImportOutcome.Faulty(row.Row, fault)
                : ImportSteps.Decide(row.Row, row.Value!.Meant?.Value, () => Apply(log, row.Value, now)))]),
            cancellationToken);
    }

    private ImportStatus Apply(ILaneLog log, OptionGroupRow row, DateTimeOffset now)
    {
        var id = row.Meant ?? throw ImportSteps.Required("/name");
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
            return new(id, name, choice.Price, choice.Limit ?? 1, choice.Default ?? false, choice.Available);
        }
    }
}
