using Mainstreet.Api.Http;
using Mainstreet.Application.Connections;
using Mainstreet.Application.Identity;
using Mainstreet.Domain;
using Mainstreet.Domain.Connections;
using MediatR;

namespace Mainstreet.Api.Connections;

/// <summary>What the business has at providers (REV-10). Credentials go in and never come out.</summary>
internal static class ConnectionEndpoints
{
    public static void MapConnections(this IEndpointRouteBuilder api)
    {
        api.MapGet("/connection-providers", Providers).WithName("ListConnectionProviders").WithTags("Connections").RequirePermission(Permissions.ConnectionsRead);
        var connections = api.MapGroup("/connections").WithTags("Connections");
        connections.MapGet("/", List).WithName("ListConnections").RequirePermission(Permissions.ConnectionsRead);
        connections.MapPost("/", Create).WithName("RequestConnection").RequirePermission(Permissions.ConnectionsWrite)
            .Refuses(400, "provider_unknown", "account_invalid", "credential_required", "credential_unknown", "credential_invalid")
            .Refuses(409, "account_connected", "connection_limit_reached").Refuses(422, "provider_not_configured");
        var one = connections.MapGroup("/{connectionId:guid}");
        one.MapGet("/", Get).WithName("GetConnection").RequirePermission(Permissions.ConnectionsRead).LooksBack();
        one.MapPut("/credentials", SetCredentials).WithName("SetConnectionCredentials").RequirePermission(Permissions.ConnectionsWrite)
            .Refuses(400, "credential_required", "credential_unknown", "credential_invalid").Refuses(409, "connection_revoked").Refuses(422, "provider_not_configured");
        one.MapPost("/verify", Verify).WithName("VerifyConnection").RequirePermission(Permissions.ConnectionsWrite)
            .Refuses(409, "connection_pending", "connection_reauth_required", "connection_revoked", "connection_without_token").Refuses(422, "provider_not_configured")
            .Refuses(503, "token_unavailable");
        one.MapPost("/revoke", Revoke).WithName("RevokeConnection").RequirePermission(Permissions.ConnectionsWrite);
    }

    private static OkAnswer<ConnectionProvidersBody> Providers() => Answers.Ok(new ConnectionProvidersBody([.. ConnectionProvider.All.Select(ConnectionProviderBody.Of)]));

    private static async Task<PageAnswer<ConnectionBody>> List(string? provider, Paging paging, IMediator mediator, TimeProvider clock, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListConnections(paging, provider), cancellationToken), connection => ConnectionBody.Of(connection, clock.GetUtcNow()));

    private static async Task<OkAnswer<ConnectionBody>> Get(Guid connectionId, IMediator mediator, TimeProvider clock, CancellationToken cancellationToken)
    {
        var connection = await mediator.Send(new GetConnection(new(connectionId)), cancellationToken);
        return Answers.Ok(ConnectionBody.Of(connection, clock.GetUtcNow()), connection.Version);
    }

    private static async Task<CreatedAnswer<ConnectionCreatedBody>> Create(RequestConnectionRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(new RequestConnection(request.Provider, request.Account, request.Credentials?.Read()), cancellationToken);
        return Answers.Created($"/connections/{receipt.ConnectionId}", new ConnectionCreatedBody(receipt.ConnectionId.Value, ConnectionBody.AddressOf(request.Provider, receipt.ConnectionId)), receipt);
    }

    private static async Task<NoContentAnswer> SetCredentials(
        Guid connectionId, SetCredentialsRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new SetCredentials(new(connectionId), request.Credentials.Read(), ifMatch.Version), cancellationToken));

    private static async Task<OkAnswer<ConnectionBody>> Verify(Guid connectionId, IMediator mediator, TimeProvider clock, CancellationToken cancellationToken)
    {
        var connection = await mediator.Send(new VerifyConnection(new(connectionId)), cancellationToken);
        return Answers.Ok(ConnectionBody.Of(connection, clock.GetUtcNow()), connection.Version);
    }

    private static async Task<NoContentAnswer> Revoke(Guid connectionId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new RevokeConnection(new(connectionId), "by_business", ifMatch.Version), cancellationToken));
}
