using Mainstreet.Api.Http;
using Mainstreet.Application.Businesses;
using Mainstreet.Application.Identity;
using MediatR;

namespace Mainstreet.Api.Businesses;

/// <summary>An owner gives the business of the token another name in addresses; whoever follows a former one comes to it (TEN-15).</summary>
internal static class SubdomainEndpoints
{
    public static void MapSubdomain(this IEndpointRouteBuilder api) =>
        api.MapPut("/business/subdomain", Change).WithName("ChangeSubdomain").WithTags("Businesses").RequirePermission(Permissions.BusinessWrite).OnPlatform()
            .Refuses(400, "subdomain_invalid").Refuses(409, "subdomain_reserved", "subdomain_taken", "former_subdomains_full", "illegal_transition");

    private static async Task<NoContentAnswer> Change(ChangeSubdomainRequest request, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ChangeSubdomain(caller.Grant.TenantId, request.Subdomain), cancellationToken));
}

/// <param name="Subdomain">3 to 63 lower-case letters and digits, with single hyphens inside.</param>
internal sealed record ChangeSubdomainRequest(string Subdomain);
