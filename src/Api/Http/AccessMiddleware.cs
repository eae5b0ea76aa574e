using Mainstreet.Api.Http.Limits;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Tenancy;

namespace Mainstreet.Api.Http;

/// <summary>
/// Decides who calls and where the request takes place, before anything is bound or read (TEN-09): the token or key, the
/// endpoint's rule, then the tenant's scope. Whoever asks too often gets no further than to be known.
/// </summary>
internal sealed class AccessMiddleware(RequestDelegate next, RateLimits limits)
{
    public async Task InvokeAsync(HttpContext http, Credentials credentials, ISessionGuard sessions, ITenantScope scope, BusinessGate gate)
    {
        if (http.GetEndpoint() is { } endpoint && (endpoint.Metadata.GetMetadata<AccessRule>() ?? Forgotten(endpoint)) is { } rule)
        {
            var caller = rule.ReadsToken ? await Read(http, credentials) : null;
            if (endpoint.Metadata.GetMetadata<CountedAsInbound>() is null)
            {
                limits.Count(http, caller?.Grant);
            }
            else
            {
                limits.CountInbound(http);
            }

            Authorize(http, endpoint, rule, caller);
            if (endpoint.Metadata.GetMetadata<StepUpRule>() is { } stepUp && !await IsSteppedUp(caller!.Grant, stepUp, sessions, http.RequestAborted))
            {
                throw StepUpRequired();
            }

            await Enter(http, endpoint, rule, caller, scope, gate);
        }

        await next(http);
    }

    /// <summary>Requests come in before <see cref="EndpointRules"/> have been checked: an endpoint of the API without a rule is closed.</summary>
    private static AccessRule? Forgotten(Endpoint endpoint) =>
        EndpointRules.IsOfApi(endpoint) ? throw new InvalidOperationException($"{endpoint.DisplayName} says nothing of who may use it.") : null;

    /// <summary>Who is refused by what came along, such as a token or key that is not good, is counted as a guest.</summary>
    private async Task<Caller?> Read(HttpContext http, Credentials credentials)
    {
        try
        {
            return await credentials.Read(http);
        }
        catch (Exception e) when (e is ProblemException or DomainException)
        {
            limits.Count(http, grant: null);
            throw;
        }
    }

    private static void Authorize(HttpContext http, Endpoint endpoint, AccessRule rule, Caller? caller)
    {
        if (http.Features.Get<StorefrontKey>() is not null && !AccessConventions.IsOfStorefronts(endpoint))
        {
            throw NotForKeys("A publishable key opens what guests may do at the storefront. This needs a secret key, or somebody who has signed in.");
        }

        if (caller is null)
        {
            if (!rule.Anonymous)
            {
                throw new ProblemException(Problems.FromStatus(401) with { Challenge = "Bearer" });
            }
        }
        else if (rule.Permission is { } permission && !caller.Permissions.Contains(permission))
        {
            throw new DomainException(new(
                "missing_permission", $"Your {(caller.Grant.Key is null ? "role does not hold the permission" : "API key does not have the scope")} {permission}.", ErrorKind.Forbidden,
                new Dictionary<string, object?>(StringComparer.Ordinal) { ["permission"] = permission }));
        }
        else if (caller.Grant.Key is not null && rule is { Permission: null, Anonymous: false })
        {
            throw NotForKeys("This concerns whoever has signed in, and an API key is nobody.");
        }
        else if (rule is { Permission: null, Anonymous: false } && rule.OfCustomers != (caller.Grant.Role == Roles.Customer))
        {
            throw new DomainException(new(
                "wrong_audience", rule.OfCustomers ? "This is for customers of a storefront." : "This is not for customers of a storefront.", ErrorKind.Forbidden));
        }
    }

    private static async ValueTask<bool> IsSteppedUp(AccessGrant grant, StepUpRule rule, ISessionGuard sessions, CancellationToken cancellationToken) =>
        grant.Key is null ? await sessions.IsSteppedUp(grant.SessionId, cancellationToken)
        : rule.OpenToKeys ? true
        : throw NotForKeys("This step needs the PIN of somebody who has signed in. An API key cannot take it.");

    private static DomainException NotForKeys(string why) => new(new("api_key_not_allowed", why, ErrorKind.Forbidden));

    private static DomainException StepUpRequired() => new(new(
        StepUpRule.Code, "This step needs the PIN: give it in this session first, then send the request again.", ErrorKind.Forbidden,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["step_up"] = $"{ApiRoot.Base}/auth/step-up" }));

    private async Task Enter(HttpContext http, Endpoint endpoint, AccessRule rule, Caller? caller, ITenantScope scope, BusinessGate gate)
    {
        var tenant = endpoint.Metadata.GetMetadata<ResolvedBy>() is { } resolved
            ? await resolved.Resolver(http.RequestServices).Resolve(http, http.RequestAborted) ?? throw new ProblemException(Problems.NotFound)
            : caller?.Grant.TenantId;
        var isElsewhere = caller is not null && tenant != TenantId.Platform && tenant != caller.Grant.TenantId;
        if (isElsewhere && !rule.Anonymous)
        {
            http.Features.Set(new OtherBusiness());
            throw new ProblemException(Problems.NotFound);
        }

        if (http.Features.Get<StorefrontKey>() is { } key && key.Business != tenant)
        {
            throw new ProblemException(Problems.NotFound);
        }

        // A role counts in its own business only (TEN-10); on public routes of another one its holder is a guest. So is a key or a customer among users.
        if (isElsewhere || (rule.Anonymous && tenant == TenantId.Platform && (caller?.Grant is { Key: not null } or { Role: Roles.Customer })))
        {
            caller = null;
        }

        if (caller is not null)
        {
            http.Features.Set(caller);
        }

        if (tenant is { } business)
        {
            limits.Count(http, business, isMember: caller is { Grant.Role: not Roles.Customer });
        }

        // a team is the platform's, and yet of the business that the token is for
        await gate.Pass(http, endpoint, rule.Permission is null ? tenant : caller?.Grant.TenantId);

        if (tenant is { } place)
        {
            await scope.Open(place, ActorOf(caller?.Grant), http.RequestAborted);
        }
    }

    public static Actor ActorOf(AccessGrant? grant) => grant switch
    {
        null => Actor.Guest,
        { Key: { } key } => new("api_key", key.Value, grant.Role),
        { Role: Roles.Customer } => new("customer", grant.UserId.Value, grant.Role),
        { Role: Roles.Driver } => new("driver", grant.UserId.Value, grant.Role),
        _ => new("user", grant.UserId.Value, grant.Role),
    };
}
