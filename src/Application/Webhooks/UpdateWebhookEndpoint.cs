using FluentValidation;
using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;
using MediatR;

namespace Mainstreet.Application.Webhooks;

/// <summary>
/// A member that is null stays as it is. Events recorded before keep the form that they were to be sent in. Headers that are not named stay as long as the
/// address is on the same server: whoever may change it has no other one shown what was meant for the first. Errors as for registering.
/// </summary>
public sealed record UpdateWebhookEndpoint(
    WebhookEndpointId EndpointId,
    string? Url = null,
    string[]? EventTypes = null,
    Change<string>? Description = null,
    WebhookOrdering? Ordering = null,
    PayloadKind? Payload = null,
    WebhookFilter[]? Filters = null,
    IReadOnlyList<WebhookHeaderChange>? Headers = null,
    Change<WebhookRate>? Rate = null,
    int? DisableAfterDays = null,
    int? ExpectedVersion = null) : IRequest<Committed>;

internal sealed class UpdateWebhookEndpointValidator : AbstractValidator<UpdateWebhookEndpoint>
{
    public UpdateWebhookEndpointValidator() => RuleForEach(c => c.EventTypes).KnownEventType();
}

internal sealed class UpdateWebhookEndpointHandler(IAggregates aggregates, IWebhookTransport transport, WebhookHeaders headers, ITenantContext context, TimeProvider clock)
    : IRequestHandler<UpdateWebhookEndpoint, Committed>
{
    public Task<Committed> Handle(UpdateWebhookEndpoint command, CancellationToken cancellationToken)
    {
        WebhookRules.RequireKnown(command.Filters);
        if (command.Url is { } url)
        {
            transport.RequireReachable(url, context.IsSandbox);
        }

        return aggregates.Update<WebhookEndpoint, WebhookEndpointEvent>(
            command.EndpointId.Value, command.ExpectedVersion,
            endpoint => endpoint.Update(ApplyTo(endpoint.Settings, command), httpAllowed: true, clock.GetUtcNow()), cancellationToken);
    }

    private WebhookEndpointSettings ApplyTo(WebhookEndpointSettings settings, UpdateWebhookEndpoint command)
    {
        var url = command.Url ?? settings.Url;
        return new(
            url,
            command.EventTypes ?? settings.EventTypes,
            command.Description is { } description ? description.To : settings.Description,
            command.Ordering ?? settings.Ordering,
            command.Payload ?? settings.Payload,
            command.Filters switch { null => settings.Filters, [] => null, var filters => filters },
            headers.Change(command.EndpointId, AreOfOneServer(url, settings.Url) ? settings.Headers : null, command.Headers ?? []),
            command.Rate is { } rate ? rate.To : settings.Rate,
            command.DisableAfterDays ?? settings.DisableAfterDays);
    }

    private static bool AreOfOneServer(string url, string other) => url == other
        || (Uri.TryCreate(url, UriKind.Absolute, out var one) && Uri.TryCreate(other, UriKind.Absolute, out var two)
            && Uri.Compare(one, two, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0);
}
