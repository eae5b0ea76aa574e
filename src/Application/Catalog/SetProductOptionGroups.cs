using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>
/// From what customers choose with a product, in this order (CAT-11). Errors: not_found (404) also for a group, stale_version (412), illegal_transition,
/// duplicate_option_group, duplicate_choice, option_group_archived (409) for one that the product does not name yet, too_many_option_groups (422).
/// </summary>
public sealed record SetProductOptionGroups(ProductId Id, int? ExpectedVersion, OptionGroupId[] Groups) : IRequest<Committed>;

internal sealed class SetProductOptionGroupsHandler(ILane lane) : IRequestHandler<SetProductOptionGroups, Committed>
{
    public Task<Committed> Handle(SetProductOptionGroups command, CancellationToken cancellationToken) => lane.Run(
        streams => streams.Of<Product>(command.Id.Value).Of<OptionGroup>(command.Groups.Take(Product.MaxOptionGroups).Select(group => group.Value)),
        (log, now) =>
        {
            var product = log.Get<Product>(command.Id.Value);
            log.Expect(command.Id.Value, command.ExpectedVersion);
            var events = product.SetOptionGroups(command.Groups, now);
            var groups = command.Groups.Index().Select(group => (group.Index, group.Item, State: log.Find<OptionGroup>(group.Item.Value))).ToArray();
            int[] unknown = [.. groups.Where(group => group.State is null).Select(group => group.Index)];
            Check.That(unknown is [], CatalogErrors.OptionGroupsUnknown(unknown));
            int[] archived = [.. groups.Where(group => group.State!.Archived && !product.OptionGroups.Contains(group.Item)).Select(group => group.Index)];
            Check.That(archived is [], CatalogErrors.OptionGroupsArchived(archived));
            int[] shared = [.. groups.Where(group => OptionMenu.Share(group.State!, groups.Take(group.Index).Select(other => other.State!))).Select(group => group.Index)];
            Check.That(shared is [], CatalogErrors.OptionGroupsShareChoices(shared));
            log.Append<Product, ProductEvent>(command.Id.Value, events);
            return new Committed(log.Version(command.Id.Value));
        },
        cancellationToken);
}
