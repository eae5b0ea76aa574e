using Mainstreet.Api.Http;
using Mainstreet.Application.Connections;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using MediatR;

namespace Mainstreet.Api.Connections;

/// <summary>Which account of a provider leads to which business. Whoever connects one first has it; operators give it back.</summary>
internal static class ConnectedAccountEndpoints
{
    public static void MapConnectedAccounts(this IEndpointRouteBuilder api)
    {
        var accounts = api.MapGroup("/admin/connected-accounts").WithTags("Operations");
        accounts.MapGet("/", List).WithName("ListConnectedAccounts").RequirePermission(Permissions.AdminOperations).OnPlatform();
        accounts.MapPost("/{connectionId:guid}/release", Release).WithName("ReleaseConnectedAccount").RequirePermission(Permissions.AdminOperations).OnPlatform()
            .RequireStepUp().For(Purpose.Attend);
    }

    private static async Task<PageAnswer<ConnectedAccountBody>> List(
        string? provider, string? account, Guid? businessId, Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(
            await mediator.Send(new ListConnectedAccounts(paging, provider, account, businessId is { } business ? new TenantId(business) : null), cancellationToken), ConnectedAccountBody.Of);

    private static async Task<NoContentAnswer> Release(Guid connectionId, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ReleaseConnectedAccount(new(connectionId)), cancellationToken));
}

/// <param name="Mode">test or live: nothing proves whose an account is when it is connected.</param>
internal sealed record ConnectedAccountBody(Guid ConnectionId, string Provider, string Account, Guid BusinessId, string BusinessName, BusinessMode Mode, BusinessStatus Status)
{
    public static ConnectedAccountBody Of(ConnectedAccount account) => new(
        account.ConnectionId.Value, account.Provider, account.Account, account.BusinessId.Value, account.BusinessName, account.Mode, account.Status);
}
