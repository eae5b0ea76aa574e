using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;
using MediatR;

namespace Mainstreet.Application.Webhooks;

/// <summary>
/// Where events are sent from now on (INT-04). Errors: url_invalid (400), https_required, port_refused, address_refused (422),
/// event_types_invalid, filter_invalid, header_invalid, rate_invalid, disable_after_invalid (400), already_exists, webhook_endpoint_limit_reached (409), signature_unavailable (422).
/// </summary>
/// <param name="Settings">Without headers.</param>
/// <param name="Headers">Their values in the clear.</param>
public sealed record RegisterWebhookEndpoint(
    WebhookEndpointSettings Settings, WebhookEndpointId? EndpointId = null, IReadOnlyList<WebhookHeaderChange>? Headers = null,
    WebhookSignature Signature = WebhookSignature.HmacSha256) : IRequest<WebhookSecretReceipt>;

/// <summary>The only answer that leads to a secret. It is stored sealed, so that a repeated request shows the same one.</summary>
public sealed record WebhookSecretReceipt(WebhookEndpointId EndpointId, SigningKey Key, DateTimeOffset At, int Version) : Committed(Version);

internal sealed class RegisterWebhookEndpointValidator : AbstractValidator<RegisterWebhookEndpoint>
{
    public RegisterWebhookEndpointValidator()
    {
        RuleFor(c => c.EndpointId).Must(id => id?.Value != Guid.Empty);
        RuleForEach(c => c.Settings.EventTypes).KnownEventType().OverridePropertyName("EventTypes");
    }
}

internal sealed class RegisterWebhookEndpointHandler(ILane lane, IWebhookTransport transport, WebhookSecrets secrets, WebhookHeaders headers, ITenantContext context)
    : IRequestHandler<RegisterWebhookEndpoint, WebhookSecretReceipt>
{
    public Task<WebhookSecretReceipt> Handle(RegisterWebhookEndpoint command, CancellationToken cancellationToken)
    {
        WebhookRules.RequireKnown(command.Settings.Filters);
        transport.RequireReachable(command.Settings.Url, context.IsSandbox);
        var id = command.EndpointId ?? new WebhookEndpointId(Uuid.New());
        var key = secrets.New(id, command.Signature);
        var settings = command.Settings with { Headers = headers.Change(id, null, command.Headers ?? []) };
        return lane.Run(
            streams => streams.Of<WebhookEndpoint>(id.Value).In<WebhookEndpoint>("select id from rm.webhook_endpoints where not deleted", new { }),
            (log, now) =>
            {
                Check.That(log.Version(id.Value) == 0, WebhookEndpointErrors.AlreadyExists);
                Check.That(log.All<WebhookEndpoint>().Count(endpoint => !endpoint.Deleted) < WebhookEndpoint.Most, WebhookEndpointErrors.TooMany);
                log.Append<WebhookEndpoint, WebhookEndpointEvent>(id.Value, WebhookEndpoint.Create(id, settings, key, httpAllowed: true, now));
                return new WebhookSecretReceipt(id, key, now, log.Version(id.Value));
            },
            cancellationToken);
    }
}
