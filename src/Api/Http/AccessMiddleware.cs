using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Tenancy;

namespace Mainstreet.Api.Http;

/// <summary>
/// Decides who calls and where the request takes place, before anything is bound or read (TEN-09): the bearer token, the
/// endpoint's rule, then the tenant's scope.
/// </summary>
internal sealed class AccessMiddleware(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http, IAccessTokens tokens, ISessionGuard sessions, IRolePermissions roles, ITenantScope scope)
    {
        if (http.GetEndpoint() is { } endpoint && endpoint.Metadata.GetMetadata<AccessRule>() is { } rule)
        {
            var grant = rule.ReadsToken ? await Authenticate(http, tokens, sessions) : null;
            if (grant is not null)
            {
                http.Features.Set(new Presented(grant));
            }

            var held = grant is null ? System.Collections.Frozen.FrozenSet<string>.Empty : await roles.Of(grant.TenantId, grant.Role, http.RequestAborted);
            Authorize(rule, grant, held);
            if (endpoint.Metadata.GetMetadata<StepUpRule>() is not null && !await sessions.IsSteppedUp(grant!.SessionId, http.RequestAborted))
            {
                throw StepUpRequired();
            }

            await Enter(http, endpoint, rule, grant, held, scope);
        }

        await next(http);
    }

    /// <summary>Tokens live by the wall clock, also those of a test tenant whose own clock was moved.</summary>
    private static async Task<AccessGrant?> Authenticate(HttpContext http, IAccessTokens tokens, ISessionGuard sessions)
    {
        var header = http.Request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            return null;
        }

        var token = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : "";
        return tokens.Validate(token, TimeProvider.System.GetUtcNow()) is { } grant
            && !await sessions.HasEnded(grant.SessionId, http.RequestAborted)
            && !await sessions.HasChanged(grant.UserId, grant.TenantId, grant.Role, http.RequestAborted)
            ? grant
            : throw new ProblemException(Problem.Of(401, "invalid_token", "The access token is not valid (any more). Sign in, or refresh it.")
                with
            { Challenge = "Bearer error=\"invalid_token\"" });
    }

    private static void Authorize(AccessRule rule, AccessGrant? grant, IReadOnlySet<string> held)
    {
        if (grant is null && !rule.Anonymous)
        {
            throw new ProblemException(Problems.FromStatus(401) with { Challenge = "Bearer" });
        }

        if (rule.Permission is { } permission && !held.Contains(permission))
        {
            throw new DomainException(new("missing_permission", $"Your role does not hold the permission {permission}.", ErrorKind.Forbidden,
                new Dictionary<string, object?>(StringComparer.Ordinal) { ["permission"] = permission }));
        }
    }

    private static DomainException StepUpRequired() => new(new(
        StepUpRule.Code, "This step needs the PIN: give it in this session first, then send the request again.", ErrorKind.Forbidden,
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["step_up"] = $"{ApiRoot.Base}/auth/step-up" }));

    private static async Task Enter(HttpContext http, Endpoint endpoint, AccessRule rule, AccessGrant? grant, IReadOnlySet<string> held, ITenantScope scope)
    {
        var tenant = endpoint.Metadata.GetMetadata<ResolvedBy>() is { } resolved
            ? await resolved.Resolver(http.RequestServices).Resolve(http, http.RequestAborted) ?? throw new ProblemException(Problems.NotFound)
            : grant?.TenantId;
        if (grant is not null && tenant != TenantId.Platform && tenant != grant.TenantId)
        {
            // A role counts in its own business only (TEN-10); on public routes of another one its holder is a guest.
            if (!rule.Anonymous)
            {
                http.Features.Set(new OtherBusiness());
                throw new ProblemException(Problems.NotFound);
            }

            grant = null;
        }

        if (grant is not null)
        {
            http.Features.Set(new Caller(grant, held));
        }

        if (tenant is { } place)
        {
            await scope.Open(place, ActorOf(grant), http.RequestAborted);
        }
    }

    public static Actor ActorOf(AccessGrant? grant) => grant switch
    {
        null => Actor.Guest,
        { Role: Roles.Driver } => new("driver", grant.UserId.Value, grant.Role),
        _ => new("user", grant.UserId.Value, grant.Role),
    };
}
