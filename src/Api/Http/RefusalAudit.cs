using Mainstreet.Application;
using Mainstreet.Application.Audit;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Tenancy;
using Microsoft.AspNetCore.Diagnostics;

namespace Mainstreet.Api.Http;

/// <summary>Whose token came with the request, whether or not it is good for what was asked.</summary>
internal sealed record Presented(AccessGrant Grant);

/// <summary>The request was for another business than the token's (TEN-10).</summary>
internal sealed record OtherBusiness;

/// <summary>
/// Takes note of who was refused (IAM-11): writes that were refused for who the caller is, permissions that were missing, and attempts at
/// what is another business's. It stands around everything that refuses, and looks at the problem that was answered.
/// </summary>
internal sealed class RefusalAudit(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http, RequestContext context, IRefusedAttempts attempts)
    {
        await next(http);
        var failed = http.Features.Get<IExceptionHandlerFeature>();
        if (http.Features.Get<Problem>() is { } problem && (failed?.Endpoint ?? http.GetEndpoint()) is { } endpoint && EndpointRules.Name(endpoint) is { } operation)
        {
            var grant = http.Features.Get<Presented>()?.Grant;
            var subject = (failed?.RouteValues ?? http.Request.RouteValues).Values.Select(value => Guid.TryParse(value as string, out var id) ? id : (Guid?)null).FirstOrDefault(id => id is not null);
            var watched = grant is null or { Role: Roles.InfrastructureAdmin } ? TenantId.Platform : grant.TenantId; // an infrastructure has no audit of its own
            var attempt = new RefusedAttempt(
                watched, operation, problem.Status, problem.Code, AccessMiddleware.ActorOf(grant), context.Network, subject, context.RequestId);
            Note(http, attempt, attempt with { Tenant = TenantId.Platform, Business = grant?.TenantId ?? TenantId.Platform, Code = RefusedAttempt.CrossTenant }, attempts);
        }
    }

    private static void Note(HttpContext http, RefusedAttempt attempt, RefusedAttempt acrossTenants, IRefusedAttempts attempts)
    {
        if (http.Features.Get<OtherBusiness>() is not null)
        {
            attempts.Note(acrossTenants);
        }
        else if (attempt is { Status: 404, Actor.Id: not null, Subject: { } id } && attempt.Tenant != TenantId.Platform)
        {
            attempts.NoteUnknown(id, acrossTenants);
        }
        else if (attempt.Status is 403 || (attempt.Status is 401 or 423 or 429 && !HttpMethods.IsGet(http.Request.Method)))
        {
            attempts.Note(attempt);
        }
    }
}
