using Mainstreet.Application.Notifications;
using Mainstreet.Domain;
using Mainstreet.Domain.Identity;
using Mainstreet.Domain.Webhooks;
using MediatR;

namespace Mainstreet.Application.Webhooks;

/// <summary>Owners are told by mail, once, when an endpoint was disabled by what its receiver answered and not by one of them.</summary>
internal sealed class WebhookAlerts : Policy
{
    public WebhookAlerts() : base("webhook_alerts") =>
        On<WebhookEndpointDisabled>(e => e.Reason is DisableReason.Manual ? null : Schedule(new MailDisabledWebhook(e.WebhookEndpointId, e.Reason), e.At));
}

[Message("webhook.mail_disabled", Queues.Notifications)]
internal sealed record MailDisabledWebhook(WebhookEndpointId EndpointId, DisableReason Reason) : IRequest<Committed>;

/// <summary>The owners of a business with their addresses. Runs in the platform's tenant.</summary>
internal sealed record FindOwners(TenantId Business) : IRequest<IReadOnlyList<OwnerAddress>>;

internal sealed record OwnerAddress(UserId UserId, string Email);

internal sealed class FindOwnersHandler(IReadStore reads) : IRequestHandler<FindOwners, IReadOnlyList<OwnerAddress>>
{
    public Task<IReadOnlyList<OwnerAddress>> Handle(FindOwners query, CancellationToken cancellationToken) => reads.List<OwnerAddress>(
        """
        select u.user_id, u.email from rm.memberships m join rm.users u on u.user_id = m.user_id
         where m.business_id = @business and m.role = 'owner' and m.active
        """,
        new { query.Business }, cancellationToken);
}

internal sealed class MailDisabledWebhookHandler(IAggregates aggregates, IReadStore reads, ITenantScopes scopes, IEmailSender mail, ITenantContext context)
    : IRequestHandler<MailDisabledWebhook, Committed>
{
    public async Task<Committed> Handle(MailDisabledWebhook command, CancellationToken cancellationToken)
    {
        if (await aggregates.Find<WebhookEndpoint, WebhookEndpointEvent>(command.EndpointId.Value, cancellationToken) is not { State: { Enabled: false, Deleted: false } endpoint })
        {
            return new(0); // somebody was quicker
        }

        var last = await reads.Find<WebhookDeliveryView>(
            $"{WebhookDeliveryView.Select} where endpoint_id = @endpoint_id and attempts > 0 and status <> 'succeeded' order by created_at desc, position desc limit 1",
            new { command.EndpointId }, cancellationToken);
        var text = Text(endpoint, command.Reason, last);
        foreach (var owner in await scopes.Send(TenantId.Platform, new FindOwners(context.Tenant), cancellationToken))
        {
            if (EmailAddress.IsWellFormed(owner.Email))
            {
                await mail.Send(
                    new(owner.Email, "A webhook endpoint was disabled", text, "webhook_endpoint.disabled", $"{context.CommandId}/{owner.UserId}", SubjectId: owner.UserId.Value),
                    cancellationToken);
            }
        }

        return new(0);
    }

    private static string Text(WebhookEndpoint endpoint, DisableReason reason, WebhookDeliveryView? last)
    {
        var why = reason is DisableReason.Gone ? "its receiver answered that it wants nothing more (410)" : $"it met no success for {endpoint.Settings.DisableAfterDays} days";
        var what = last is null ? "" : $"""


            The last message that was not taken: {last.EventType}, event {last.EventId}, after {last.Attempts} attempts ({last.LastError ?? $"the answer was {last.LastStatusCode}"}).
            What was sent and what came back: GET /api/v1/webhook-deliveries/{last.DeliveryId}
            """;
        return $"""
            The webhook endpoint {endpoint.Settings.Description ?? new Uri(endpoint.Settings.Url).Host} ({endpoint.Id}) was disabled, because {why}. Nothing is lost: what happens waits.{what}

            When the receiver is well again: POST /api/v1/webhook-endpoints/{endpoint.Id}/enable
            """;
    }
}
