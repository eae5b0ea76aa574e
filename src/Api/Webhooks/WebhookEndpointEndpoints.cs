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
            .Refuses(400, "url_invalid", "event_types_invalid", "description_invalid").Refuses(409, "already_exists")
            .Refuses(422, "https_required", "port_refused", "address_refused");
        endpoints.MapGet("/", List).WithName("ListWebhookEndpoints").RequirePermission(Permissions.WebhooksRead);
        endpoints.MapGet("/{endpointId:guid}", Get).WithName("GetWebhookEndpoint").LooksBack().RequirePermission(Permissions.WebhooksRead);
        endpoints.MapPatch("/{endpointId:guid}", Update).WithName("UpdateWebhookEndpoint").RequirePermission(Permissions.WebhooksWrite)
            .Refuses(400, "url_invalid", "event_types_invalid", "description_invalid").Refuses(422, "https_required", "port_refused", "address_refused");
        endpoints.MapDelete("/{endpointId:guid}", Delete).WithName("DeleteWebhookEndpoint").RequirePermission(Permissions.WebhooksWrite);
        endpoints.MapPost("/{endpointId:guid}/enable", Enable).WithName("EnableWebhookEndpoint").RequirePermission(Permissions.WebhooksWrite)
            .Refuses(409, "webhook_endpoint_enabled", "replay_running").Refuses(422, "position_ahead");
        endpoints.MapPost("/{endpointId:guid}/disable", Disable).WithName("DisableWebhookEndpoint").RequirePermission(Permissions.WebhooksWrite);
        endpoints.MapPost("/{endpointId:guid}/rotate-secret", RotateSecret).WithName("RotateWebhookSecret").RequirePermission(Permissions.WebhooksWrite)
            .RequireStepUp();
        endpoints.MapPost("/{endpointId:guid}/test", Test).WithName("TestWebhookEndpoint").RequirePermission(Permissions.WebhooksWrite);
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
        Guid endpointId, IfMatch ifMatch, WebhookSecrets secrets, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(new RotateWebhookSecret(new(endpointId), ifMatch.Version), cancellationToken);
        return Answers.Ok(
            new WebhookSecretBody(secrets.Open(receipt.EndpointId, receipt.EncryptedSecret), receipt.At + WebhookEndpoint.RotationOverlap), receipt);
    }

    private static async Task<CreatedAnswer<WebhookTestBody>> Test(Guid endpointId, IMediator mediator, CancellationToken cancellationToken)
    {
        var receipt = await mediator.Send(new TestWebhookEndpoint(new(endpointId)), cancellationToken);
        return Answers.Created($"/webhook-deliveries/{receipt.DeliveryId}", new WebhookTestBody(receipt.DeliveryId), receipt);
    }
}

/// <param name="Url">https; test businesses may use http.</param>
/// <param name="EventTypes">Such as order.placed, order.* or *; GET /event-types lists them.</param>
/// <param name="Ordering">Whether a failing message holds later ones about the same subject, all later ones, or none.</param>
/// <param name="Payload">thin: what happened to what, without the data.</param>
/// <param name="Id">Chosen by the client, or left out.</param>
internal sealed record RegisterWebhookEndpointRequest(
    string Url,
    string[] EventTypes,
    string? Description = null,
    WebhookOrdering Ordering = WebhookOrdering.PerSubject,
    PayloadKind Payload = PayloadKind.Full,
    Guid? Id = null)
{
    public RegisterWebhookEndpoint ToCommand() =>
        new(new(Url, EventTypes, Description, Ordering, Payload), Id is { } id ? new WebhookEndpointId(id) : null);
}

/// <summary>A member that is left out stays as it is. A description that is null is removed.</summary>
internal sealed record UpdateWebhookEndpointRequest(string? Url = null, string[]? EventTypes = null, WebhookOrdering? Ordering = null, PayloadKind? Payload = null)
{
    private Change<string>? description;

    public string? Description
    {
        get => description?.To;
        init => description = new(value);
    }

    public UpdateWebhookEndpoint ToCommand(WebhookEndpointId endpoint, int? expectedVersion) =>
        new(endpoint, Url, EventTypes, description, Ordering, Payload, expectedVersion);
}

/// <param name="ResumeFrom">last_acked: where it stopped; now: with what happens next; position: from there on, again where it was sent before, by a replay.</param>
/// <param name="Position">Of the first event to send; only with resume_from position.</param>
internal sealed record EnableWebhookEndpointRequest(WebhookResume ResumeFrom = WebhookResume.LastAcked, long? Position = null)
{
    public EnableWebhookEndpoint ToCommand(WebhookEndpointId endpoint, int? expectedVersion) => new(endpoint, ResumeFrom, Position, expectedVersion);
}

/// <param name="Secret">Signs what is sent here. It is shown this once.</param>
internal sealed record NewWebhookEndpointBody(
    Guid Id, string Url, string[] EventTypes, string? Description, WebhookOrdering Ordering, PayloadKind Payload, bool Enabled, string Secret, int Version,
    DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static NewWebhookEndpointBody Of(RegisterWebhookEndpointRequest request, WebhookSecretReceipt receipt, WebhookSecrets secrets) => new(
        receipt.EndpointId.Value, request.Url, request.EventTypes, request.Description, request.Ordering, request.Payload, Enabled: true,
        secrets.Open(receipt.EndpointId, receipt.EncryptedSecret), receipt.Version, receipt.At, receipt.At);
}

/// <param name="DisabledReason">manual; gone: the receiver answered 410; failing: it met no success for five days.</param>
/// <param name="PreviousSecretValidUntil">Until then messages carry two signatures.</param>
internal sealed record WebhookEndpointBody(
    Guid Id, string Url, string[] EventTypes, string? Description, WebhookOrdering Ordering, PayloadKind Payload, bool Enabled, DisableReason? DisabledReason,
    DateTimeOffset? PreviousSecretValidUntil, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public static WebhookEndpointBody Of(WebhookEndpointView endpoint) => new(
        endpoint.Id.Value, endpoint.Url, endpoint.EventTypes, endpoint.Description, endpoint.Ordering, endpoint.Payload, endpoint.Enabled,
        endpoint.DisabledReason, endpoint.PreviousSecretValidUntil, endpoint.Version, endpoint.CreatedAt, endpoint.UpdatedAt);
}

/// <param name="Secret">It is shown this once.</param>
/// <param name="PreviousSecretValidUntil">Until then messages are signed with both.</param>
internal sealed record WebhookSecretBody(string Secret, DateTimeOffset PreviousSecretValidUntil);

/// <param name="Id">Of the delivery, which tells how it went.</param>
internal sealed record WebhookTestBody(Guid Id);
