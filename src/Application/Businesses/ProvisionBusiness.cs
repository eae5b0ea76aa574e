using Mainstreet.Application.Catalog;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Catalog;
using Mainstreet.Domain.Storefronts;
using MediatR;

namespace Mainstreet.Application.Businesses;

/// <summary>The second step of <see cref="BusinessStart"/>, in the new business: what it begins with.</summary>
/// <param name="HasCategories">It gets shelves that every shop has, so that its owner need not begin with nothing.</param>
internal sealed record ProvisionBusiness(string Name, string Currency, string Timezone, bool HasCategories = false) : IRequest<Committed>;

internal sealed class ProvisionBusinessHandler(ILane lane, ITenantContext context) : IRequestHandler<ProvisionBusiness, Committed>
{
    private static readonly string[] firstCategories = ["Featured", "New", "Offers"];

    public Task<Committed> Handle(ProvisionBusiness command, CancellationToken cancellationToken)
    {
        var business = context.Tenant;
        var storefront = Storefront.StreamOf(business);
        var categories = command.HasCategories ? firstCategories : [];
        return lane.Run(
            streams => streams.Of<BusinessProfile>(business.Value).Of<Storefront>(storefront).Of<Category>(categories.Select(name => IdOf(business, name).Value)),
            (log, now) =>
            {
                if (log.Find<BusinessProfile>(business.Value) is null)
                {
                    log.Append<BusinessProfile, BusinessProfileEvent>(business.Value, BusinessProfile.Create(
                        business, new BusinessDetails(command.Name), BusinessSettings.Default(command.Currency, command.Timezone), now));
                    log.Append<Storefront, StorefrontEvent>(storefront, Storefront.Create(business, StorefrontSettings.Default, command.Currency, now));
                    foreach (var (order, name) in categories.Index())
                    {
                        var id = IdOf(business, name);
                        log.Append<Category, CategoryEvent>(id.Value, Category.Create(id, null, name, Slug.From(name), order, CategoryTree.Empty, now));
                    }
                }

                return new Committed(log.Version(business.Value));
            },
            cancellationToken);
    }

    private static CategoryId IdOf(TenantId business, string name) => new(Uuid.Named("first_category", business.ToString(), name));
}
