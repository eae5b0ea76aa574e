using Mainstreet.Application.Flags;
using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Flags;
using Mainstreet.Domain.Identity;
using Mainstreet.Domain.Notifications;
using MediatR;

namespace Mainstreet.Application.Notifications;

/// <summary>On which channels the business tells its customers what.</summary>
public sealed record GetNotificationSettings : IRequest<Loaded<NotificationSettings>>;

/// <summary>
/// All of them from now on (TEN-05). Errors: notification_unknown, calling_code_invalid, tracking_url_invalid, whatsapp_content_invalid (400);
/// sms_notifications_not_in_plan (403); stale_version (412).
/// </summary>
public sealed record ChangeNotificationSettings(NotificationRule[] Rules, string? CallingCode, string? TrackingUrl, int? ExpectedVersion) : IRequest<Committed>;

/// <summary>What the customer does not want to be told. Errors: not_found (404).</summary>
public sealed record GetCustomerWishes(AccountId AccountId) : IRequest<Loaded<CustomerWishes>>;

/// <summary>All of it from now on. Errors: notification_unknown (400), not_found (404), email_not_verified (409), stale_version (412), notification_essential (422).</summary>
public sealed record ChooseNotifications(AccountId AccountId, string[] Muted, NotificationChannel[] Refused, int? ExpectedVersion) : IRequest<Committed>;

internal sealed class NotificationSettingsHandler(IAggregates aggregates, ILane lane, IFeatures features, ITenantContext context) :
    IRequestHandler<GetNotificationSettings, Loaded<NotificationSettings>>, IRequestHandler<ChangeNotificationSettings, Committed>
{
    public async Task<Loaded<NotificationSettings>> Handle(GetNotificationSettings query, CancellationToken cancellationToken) =>
        await aggregates.Find<NotificationSettings, NotificationSettingsEvent>(NotificationSettings.StreamOf(context.Tenant), cancellationToken) ?? new(NotificationSettings.Default, 0);

    public async Task<Committed> Handle(ChangeNotificationSettings command, CancellationToken cancellationToken)
    {
        if (command.Rules.Any(rule => rule.Channels?.Contains(NotificationChannel.Sms) is true))
        {
            await features.Require(context.Tenant, PlanFeature.SmsNotifications, context.Actor, cancellationToken);
        }

        var id = NotificationSettings.StreamOf(context.Tenant);
        return await lane.Change<NotificationSettings, NotificationSettingsEvent>(
            id, command.ExpectedVersion, (known, now) => NotificationSettings.Change(known, command.Rules, command.CallingCode, command.TrackingUrl, now), cancellationToken);
    }
}

internal sealed class CustomerWishesHandler(IAggregates aggregates, ILane lane) : IRequestHandler<GetCustomerWishes, Loaded<CustomerWishes>>, IRequestHandler<ChooseNotifications, Committed>
{
    public async Task<Loaded<CustomerWishes>> Handle(GetCustomerWishes query, CancellationToken cancellationToken) =>
        await aggregates.Find<CustomerWishes, CustomerWishesEvent>(CustomerWishes.StreamOf((await Account(query.AccountId, cancellationToken)).CustomerId), cancellationToken)
        ?? new(CustomerWishes.None, 0);

    public async Task<Committed> Handle(ChooseNotifications command, CancellationToken cancellationToken)
    {
        var account = await Account(command.AccountId, cancellationToken);
        Check.That(account.EmailVerified, IdentityErrors.EmailNotVerified); // whoever registers with another one's address does not decide what they are told
        var id = CustomerWishes.StreamOf(account.CustomerId);
        return await lane.Change<CustomerWishes, CustomerWishesEvent>(
            id, command.ExpectedVersion, (known, now) => CustomerWishes.Choose(known, account.CustomerId, command.Muted, command.Refused, now), cancellationToken);
    }

    private async Task<CustomerAccount> Account(AccountId id, CancellationToken cancellationToken) =>
        (await aggregates.Find<CustomerAccount, CustomerAccountEvent>(id.Value, cancellationToken))?.State.Open() ?? throw new DomainException(CustomerErrors.NotFound);
}
