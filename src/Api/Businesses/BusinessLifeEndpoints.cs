using Mainstreet.Api.Http;
using Mainstreet.Application.Businesses;
using Mainstreet.Application.Identity;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Api.Businesses;

/// <summary>An owner closes the business of the token, and reopens it in time (TEN-22).</summary>
internal static class BusinessLifeEndpoints
{
    public static void MapBusinessLife(this IEndpointRouteBuilder api)
    {
        var business = api.MapGroup("/business").WithTags("Businesses").RequirePermission(Permissions.BusinessClose).OnPlatform().Refuses(409, "illegal_transition");
        business.MapPost("/close", Close).WithName("CloseBusiness").For(Purpose.WindUp).RequireStepUp();
        business.MapPost("/reopen", Reopen).WithName("ReopenBusiness").For(Purpose.WindUp);
    }

    private static async Task<NoContentAnswer> Close(Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new CloseBusiness(caller.Grant.TenantId, ByOperator: false), cancellationToken));

    private static async Task<NoContentAnswer> Reopen(Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ReopenBusiness(caller.Grant.TenantId), cancellationToken));
}
