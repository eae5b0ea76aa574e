using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>A choice is sold out, or there again, wherever its group is offered. Errors: not_found (404), stale_version (412), illegal_transition (409).</summary>
public sealed record SetChoiceAvailability(OptionGroupId Id, ChoiceId ChoiceId, bool Available, int? ExpectedVersion) : IRequest<Committed>;

/// <summary>Puts a group away: products go on naming it, and nobody is asked for it. Errors: not_found (404), stale_version (412).</summary>
public sealed record ArchiveOptionGroup(OptionGroupId Id, int? ExpectedVersion) : IRequest<Committed>;

internal sealed class SetChoiceAvailabilityHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<SetChoiceAvailability, Committed>
{
    public Task<Committed> Handle(SetChoiceAvailability command, CancellationToken cancellationToken) => aggregates.Update<OptionGroup, OptionGroupEvent>(
        command.Id.Value, command.ExpectedVersion, group => group.SetAvailability(command.ChoiceId, command.Available, clock.GetUtcNow()), cancellationToken);
}

internal sealed class ArchiveOptionGroupHandler(IAggregates aggregates, TimeProvider clock) : IRequestHandler<ArchiveOptionGroup, Committed>
{
    public Task<Committed> Handle(ArchiveOptionGroup command, CancellationToken cancellationToken) => aggregates.Update<OptionGroup, OptionGroupEvent>(
        command.Id.Value, command.ExpectedVersion, group => group.Archive(clock.GetUtcNow()), cancellationToken);
}
