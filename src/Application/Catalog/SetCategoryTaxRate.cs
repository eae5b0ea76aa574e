using Mainstreet.Domain;
using Mainstreet.Domain.Catalog;
using MediatR;

namespace Mainstreet.Application.Catalog;

/// <summary>
/// What stands on a category, and on those below it that have no rate of their own, is taxed at this rate from now on; what was sold keeps its
/// tax (ORD-04). Errors: not_found (404), stale_version (412), tax_rate_invalid (400).
/// </summary>
/// <param name="RatePercent">Null: that of the category above, else the business's.</param>
public sealed record SetCategoryTaxRate(CategoryId Id, decimal? RatePercent, int? ExpectedVersion) : IRequest<Committed>;

internal sealed class SetCategoryTaxRateHandler(ILane lane) : IRequestHandler<SetCategoryTaxRate, Committed>
{
    public Task<Committed> Handle(SetCategoryTaxRate command, CancellationToken cancellationToken) => lane.Run(
        streams => streams.Of<Category>(command.Id.Value).AllCategories(),
        (log, now) =>
        {
            var category = log.Get<Category>(command.Id.Value);
            log.Expect(command.Id.Value, command.ExpectedVersion);
            log.Append<Category, CategoryEvent>(command.Id.Value, category.SetTaxRate(command.RatePercent, now));
            log.FollowTaxes(now);
            return new Committed(log.Version(command.Id.Value));
        },
        cancellationToken);
}
