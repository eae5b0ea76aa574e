using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>
/// Changes a group for every product that names it; members that are null stay. What was ordered keeps what was chosen. Errors: not_found (404), stale_version (412),
/// illegal_transition (409), and those of <see cref="CreateOptionGroup"/>.
/// </summary>
/// <param name="Choices">All that there are from now on: one with an id is there already. Errors: not_found (404) otherwise.</param>
public sealed record ChangeOptionGroup(
    OptionGroupId Id, int? ExpectedVersion, string? Name, int? MinSelections, int? MaxSelections, IReadOnlyList<ChoiceDraft>? Choices) : IRequest<Committed>;

internal sealed class ChangeOptionGroupHandler(ILane lane, ITenantContext tenant) : IRequestHandler<ChangeOptionGroup, Committed>
{
    public Task<Committed> Handle(ChangeOptionGroup command, CancellationToken cancellationToken) => lane.Run(
        streams => streams.Of<OptionGroup>(command.Id.Value).Of<BusinessProfile>(tenant.Tenant.Value),
        (log, now) =>
        {
            var group = log.Find<OptionGroup>(command.Id.Value) ?? throw new DomainException(DomainError.NotFound("option group"));
            log.Expect(command.Id.Value, command.ExpectedVersion);
            var details = group.Details;
            var unknown = (command.Choices ?? []).Index().FirstOrDefault(choice => choice.Item.Id is { } id && group.Find(id) is null);
            Check.That(unknown.Item is null, CatalogErrors.ChoiceNotFound with { Place = $"/choices/{unknown.Index}/id" });
            log.Append<OptionGroup, OptionGroupEvent>(command.Id.Value, group.Change(
                new(
                    command.Name ?? details.Name, command.MinSelections ?? details.MinSelections, command.MaxSelections ?? details.MaxSelections,
                    command.Choices is { } choices ? log.Choices(tenant.Tenant, choices, details.Choices) : details.Choices),
                now));
            return new Committed(log.Version(command.Id.Value));
        },
        cancellationToken);
}
