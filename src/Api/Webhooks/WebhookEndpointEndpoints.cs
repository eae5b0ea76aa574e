using Mainstreet.Api.Http;
using Mainstreet.Application;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Webhooks;
using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;
using MediatR;

namespace Mainstreet.Api.Webhooks;

internal static class WebhookEndpointEndpoints
{
    public static void MapWebhookEndpoints(this IEndpointRouteBuilder api)
    {
        var endpoints = api.MapGroup("/webhook-endpoints").WithTags("Webhooks");
        endpoints.MapPost("/", Register).WithName("RegisterWebhookEndpoint").RequirePermission(Permissions.WebhooksWrite)
            .Refuses(400, "url_invalid", "event_types_invalid", "description_invalid", "filter_invalid", "header_invalid", "rate_invalid", "disable_after_invalid").Refuses(409, "already_exists", "webhook_endpoint_limit_reached")
            .Refuses(422, "https_required", "port_refused", "address_refused", "signature_unavailable");
        endpoints.MapGet("/", List).WithName("ListWebhookEndpoints").RequirePermission(Permissions.WebhooksRead);
        endpoints.MapGet("/{endpointId:guid}", Get).WithName("GetWebhookEndpoint").LooksBack().RequirePermission(Permissions.WebhooksRead);
        endpoints.MapPatch("/{endpointId:guid}", Update).WithName("UpdateWebhookEndpoint").RequirePermission(Permissions.WebhooksWrite)
            .Refuses(400, "url_invalid", "event_types_invalid", "description_invalid", "filter_invalid", "header_invalid", "rate_invalid", "disable_after_invalid").Refuses(422, "https_required", "port_refused", "address_refused");
        endpoints.MapDelete("/{endpointId:guid}", Delete).WithName("DeleteWebhookEndpoint").RequirePermission(Permissions.WebhooksWrite);
        endpoints.MapPost("/{endpointId:guid}/enable", Enable).WithName("EnableWebhookEndpoint").RequirePermission(Permissions.WebhooksWrite)
            .Refuses(409, "webhook_endpoint_enabled", "replay_running").Refuses(422, "position_ahead");
        endpoints.MapPost("/{endpointId:guid}/disable", Disable).WithName("DisableWebhookEndpoint").RequirePermission(Permissions.WebhooksWrite);
        endpoints.MapPost("/{endpointId:guid}/rotate-secret", RotateSecret).WithName("RotateWebhookSecret").RequirePermission(Permissions.WebhooksWrite)
            .RequireStepUp().Refuses(422, "signature_unavailable");
        endpoints.MapPost("/{endpointId:guid}/test", Test).WithName("TestWebhookEndpoint").RequirePermission(Permissions.WebhooksWrite);
        endpoints.MapGet("/{endpointId:guid}/stats", Stats).WithName("GetWebhookStats").RequirePermission(Permissions.WebhooksRead);
    }

    private static async Task<CreatedAnswer<NewWebhookEndpointBody>> Register(
        RegisterWebhookEndpointRequest request, WebhookSecrets secrets, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(request.ToCommand(), cancellationToken);
        return Answers.Created($"/webhook-endpoints/{receipt.EndpointId}", NewWebhookEndpointBody.Of(request, receipt, secrets), receipt);
    }

    private static async Task<PageAnswer<WebhookEndpointBody>> List(Paging paging, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Page(await mediator.Send(new ListWebhookEndpoints(paging), cancellationToken), WebhookEndpointBody.Of);

    private static async Task<OkAnswer<WebhookEndpointBody>> Get(Guid endpointId, IMediator mediator, CancellationToken cancellationToken)
    {
        var endpoint = await mediator.Send(new GetWebhookEndpoint(new(endpointId)), cancellationToken);
        return Answers.Ok(WebhookEndpointBody.Of(endpoint), endpoint.Version);
    }

    private static async Task<NoContentAnswer> Update(
        Guid endpointId, UpdateWebhookEndpointRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(request.ToCommand(new(endpointId), ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> Delete(Guid endpointId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new DeleteWebhookEndpoint(new(endpointId), ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> Enable(
        Guid endpointId, EnableWebhookEndpointRequest? request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send((request ?? new()).ToCommand(new(endpointId), ifMatch.Version), cancellationToken));

    private static async Task<NoContentAnswer> Disable(Guid endpointId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new DisableWebhookEndpoint(new(endpointId), ExpectedVersion: ifMatch.Version), cancellationToken));

    private static async Task<OkAnswer<WebhookSecretBody>> RotateSecret(
        Guid endpointId, RotateWebhookSecretRequest? request, IfMatch ifMatch, WebhookSecrets secrets, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(new RotateWebhookSecret(new(endpointId), request?.Signature, ifMatch.Version), cancellationToken);
        return Answers.Ok(
            new WebhookSecretBody(secrets.Show(receipt.EndpointId, receipt.Key), receipt.Key.PublicKey, receipt.At + WebhookEndpoint.RotationOverlap), receipt);
    }

    private static async Task<CreatedAnswer<WebhookTestBody>> Test(Guid endpointId, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(new TestWebhookEndpoint(new(endpointId)), cancellationToken);
        return Answers.Created($"/webhook-deliveries/{receipt.DeliveryId}", new WebhookTestBody(receipt.DeliveryId), receipt);
    }

    private static async Task<OkAnswer<WebhookStatsBody>> Stats(Guid endpointId, Choice<StatsWindow>? window, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(WebhookStatsBody.Of(await mediator.Send(new GetWebhookStats(new(endpointId), window?.Value ?? StatsWindow.Day), cancellationToken)));
}
