using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;

namespace Mainstreet.Api.Http;

/// <summary>Who may call an endpoint. Every endpoint declares exactly one of these.</summary>
/// <param name="Permission">What the caller's role must hold; null: nothing in particular.</param>
/// <param name="Anonymous">Callers need not sign in.</param>
/// <param name="ReadsToken">False where a token is beside the point: a dead one must not stop a sign-in.</param>
/// <param name="OfCustomers">For customers of a storefront, who get in nowhere else; and nobody else gets in here.</param>
internal sealed record AccessRule(string? Permission, bool Anonymous = false, bool ReadsToken = true, bool OfCustomers = false);

/// <summary>The endpoint is for sessions in which the PIN was given a few minutes ago (IAM-05).</summary>
/// <param name="OpenToKeys">Also for API keys that hold the permission: whoever gave it to the key had stepped up.</param>
internal sealed record StepUpRule(bool OpenToKeys)
{
    public const string Code = "step_up_required";
}

/// <summary>Where an endpoint's commands and reads take place, when not in the tenant of the caller's token.</summary>
internal interface ITenantResolver
{
    /// <summary>Null: there is no such tenant for this request, which answers 404.</summary>
    Task<TenantId?> Resolve(HttpContext http, CancellationToken cancellationToken);
}

internal sealed record ResolvedBy(Func<IServiceProvider, ITenantResolver> Resolver, bool IsPlatform = false);

internal static class AccessConventions
{
    /// <summary>401 for anonymous callers, 403 missing_permission for roles that do not hold <paramref name="permission"/>.</summary>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder builder, string permission) where TBuilder : IEndpointConventionBuilder =>
        builder.Rule(new(permission));

    /// <summary>Any signed-in user, whatever the role: for what concerns the caller alone. Customers of storefronts are no users.</summary>
    public static TBuilder RequireSignIn<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder => builder.Rule(new(Permission: null));

    /// <summary>A customer who has signed in at a storefront, for what is their own: 403 wrong_audience for everybody else.</summary>
    public static TBuilder RequireCustomer<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.Rule(new(Permission: null, OfCustomers: true));

    /// <summary>Beside a permission, for sensitive steps: 403 step_up_required unless the PIN was given in this session a few minutes ago.</summary>
    /// <param name="builder">Of the endpoint.</param>
    /// <param name="openToKeys">API keys have no PIN, and are let in here without.</param>
    public static TBuilder RequireStepUp<TBuilder>(this TBuilder builder, bool openToKeys = false) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new StepUpRule(openToKeys)).Refuses(StatusCodes.Status403Forbidden, StepUpRule.Code);

    public static TBuilder Public<TBuilder>(this TBuilder builder, bool readsToken = true) where TBuilder : IEndpointConventionBuilder =>
        builder.Rule(new(Permission: null, Anonymous: true, readsToken));

    /// <summary>Users, memberships and business registrations: the caller stays the actor, the platform's log is the place.</summary>
    public static TBuilder OnPlatform<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new ResolvedBy(_ => PlatformTenant.Instance, IsPlatform: true));

    /// <summary>The tenant comes from the route, such as a storefront's subdomain. <typeparamref name="TResolver"/> is a registered service.</summary>
    public static RouteGroupBuilder ResolveTenant<TResolver>(this RouteGroupBuilder group) where TResolver : class, ITenantResolver =>
        group.Resolve(services => services.GetRequiredService<TResolver>());

    /// <inheritdoc cref="ResolveTenant{TResolver}(RouteGroupBuilder)" />
    public static RouteHandlerBuilder ResolveTenant<TResolver>(this RouteHandlerBuilder endpoint) where TResolver : class, ITenantResolver =>
        endpoint.Resolve(services => services.GetRequiredService<TResolver>());

    /// <summary>Whether it is what guests do at a storefront: that of its address, or that where they have ordered.</summary>
    public static bool IsOfStorefronts(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<AccessRule>() is { Anonymous: true } && endpoint.Metadata.GetMetadata<ResolvedBy>() is { IsPlatform: false };

    private static TBuilder Resolve<TBuilder>(this TBuilder builder, Func<IServiceProvider, ITenantResolver> resolver) where TBuilder : IEndpointConventionBuilder =>
        builder.WithMetadata(new ResolvedBy(resolver));

    private static TBuilder Rule<TBuilder>(this TBuilder builder, AccessRule rule) where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(rule);

    private sealed class PlatformTenant : ITenantResolver
    {
        public static readonly PlatformTenant Instance = new();

        public Task<TenantId?> Resolve(HttpContext http, CancellationToken cancellationToken) =>
            Task.FromResult<TenantId?>(TenantId.Platform);
    }
}

/// <summary>
/// Positions count in the log of the caller's tenant. On the platform's endpoints a member of a business neither gives nor
/// gets any: it would be taken for one of the business's log. Their reads are of inline views, and so are never behind.
/// </summary>
internal static class Positions
{
    public static bool Count(HttpContext http, TenantId tenant) =>
        tenant != TenantId.Platform || http.Features.Get<Caller>()?.Grant.TenantId == TenantId.Platform;

    /// <summary>A driver's answers give positions of the business that a delivery is in, which the pool's log never reaches.</summary>
    public static bool CanBeAwaited(HttpContext http, TenantId tenant) =>
        Count(http, tenant) && http.Features.Get<Caller>()?.Grant.Role != Roles.Driver;
}

/// <summary>The caller as the token or key names it, for endpoints that deal with sessions themselves.</summary>
/// <param name="Permissions">What the role holds at this moment, or the scopes of the key.</param>
internal sealed record Caller(AccessGrant Grant, IReadOnlySet<string> Permissions)
{
    public static ValueTask<Caller?> BindAsync(HttpContext http) => ValueTask.FromResult(http.Features.Get<Caller>());
}
