using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;
using MediatR;

namespace Mainstreet.Application.Webhooks;

/// <summary>A member that is null stays as it is. Events recorded before keep the form that they were to be sent in. Errors as for registering.</summary>
public sealed record UpdateWebhookEndpoint(
    WebhookEndpointId EndpointId,
    string? Url = null,
    string[]? EventTypes = null,
    Change<string>? Description = null,
    WebhookOrdering? Ordering = null,
    PayloadKind? Payload = null,
    int? ExpectedVersion = null) : IRequest<Committed>;

internal sealed class UpdateWebhookEndpointValidator : AbstractValidator<UpdateWebhookEndpoint>
{
    public UpdateWebhookEndpointValidator() => RuleForEach(c => c.EventTypes).KnownEventType();
}

internal sealed class UpdateWebhookEndpointHandler(IAggregates aggregates, IWebhookTransport transport, ITenantContext context, TimeProvider clock)
    : IRequestHandler<UpdateWebhookEndpoint, Committed>
{
    public Task<Committed> Handle(UpdateWebhookEndpoint command, CancellationToken cancellationToken)
    {
        if (command.Url is { } url)
        {
            transport.RequireReachable(url, context.IsSandbox);
        }

        return aggregates.Update<WebhookEndpoint, WebhookEndpointEvent>(
            command.EndpointId.Value, command.ExpectedVersion,
            endpoint => endpoint.Update(ApplyTo(endpoint.Settings, command), httpAllowed: true, clock.GetUtcNow()), cancellationToken);
    }

    private static WebhookEndpointSettings ApplyTo(WebhookEndpointSettings settings, UpdateWebhookEndpoint command) => new(
        command.Url ?? settings.Url,
        command.EventTypes ?? settings.EventTypes,
        command.Description is { } description ? description.To : settings.Description,
        command.Ordering ?? settings.Ordering,
        command.Payload ?? settings.Payload);
}
