using Mainstreet.Api.Http;

namespace Mainstreet.Api.Storefronts;

internal static class StorefrontRoutes
{
    /// <summary>Takes place in the business whose storefront the route's <c>{subdomain}</c> is; a former one answers 308 with the present address.</summary>
    public static RouteGroupBuilder OfStorefront(this RouteGroupBuilder group) => group.ResolveTenant<StorefrontTenant>().Refuses(308, StorefrontTenant.Moved);

    /// <inheritdoc cref="OfStorefront(RouteGroupBuilder)" />
    public static RouteHandlerBuilder OfStorefront(this RouteHandlerBuilder endpoint) => endpoint.ResolveTenant<StorefrontTenant>().Refuses(308, StorefrontTenant.Moved);
}
