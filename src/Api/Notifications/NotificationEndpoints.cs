using Mainstreet.Api.Customers;
using Mainstreet.Api.Http;
using Mainstreet.Api.Orders;
using Mainstreet.Application.Identity;
using Mainstreet.Application.Notifications;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Domain.Notifications;
using MediatR;

namespace Mainstreet.Api.Notifications;

/// <summary>What customers are told of their orders (ORD-10): what was sent, on which channels, and what they wish for.</summary>
internal static class NotificationEndpoints
{
    public static void MapNotifications(this IEndpointRouteBuilder api)
    {
        var notifications = api.MapGroup("/business/notifications").WithTags("Notifications");
        notifications.MapGet("/", List).WithName("ListNotifications").RequirePermission(Permissions.OrdersRead);
        notifications.MapGet("/{notificationId:guid}", Get).WithName("GetNotification").RequirePermission(Permissions.OrdersRead).Refuses(404, "not_found");
        notifications.MapPost("/{notificationId:guid}/resend", Resend).WithName("ResendNotification").RequirePermission(Permissions.OrdersWrite).For(Purpose.WindUp)
            .Refuses(404, "not_found").Refuses(409, "notification_sent");

        var settings = api.MapGroup("/business/notification-settings").WithTags("Notifications");
        settings.MapGet("/", GetSettings).WithName("GetNotificationSettings").RequirePermission(Permissions.BusinessRead);
        settings.MapPut("/", ChangeSettings).WithName("ChangeNotificationSettings").RequirePermission(Permissions.BusinessWrite)
            .Refuses(400, "notification_unknown", "calling_code_invalid", "tracking_url_invalid", "whatsapp_content_invalid").Refuses(403, "sms_notifications_not_in_plan");

        var wishes = api.MapGroup("/customers/me/notifications").WithTags("Customers").RequireCustomer().Refuses(404, "not_found");
        wishes.MapGet("/", GetWishes).WithName("GetCustomerWishes");
        wishes.MapPut("/", Choose).WithName("ChooseNotifications").Refuses(400, "notification_unknown").Refuses(409, "email_not_verified").Refuses(422, "notification_essential");

        var push = api.MapGroup("/orders/{orderId:guid}/push-subscriptions").WithTags("Orders").Public().ResolveTenant<TrackingTokenTenant>();
        push.MapGet("/key", PushKey).WithName("GetPushKey").Refuses(422, "push_not_configured");
        push.MapPost("/", Subscribe).WithName("SubscribeToOrder")
            .Refuses(400, "push_subscription_invalid", "url_invalid").Refuses(409, "too_many_push_subscriptions")
            .Refuses(422, "push_not_configured", "https_required", "port_refused", "address_refused");
        push.MapDelete("/{subscriptionId:guid}", Unsubscribe).WithName("UnsubscribeFromOrder").Refuses(404, "not_found");
    }

    private static async Task<PageAnswer<NotificationBody>> List(
        Guid? orderId, Choice<NotificationChannel>? channel, Choice<NotificationStatus>? status, Paging paging, IMediator mediator, CancellationToken cancellationToken)
    {
        var order = orderId is { } id ? new OrderId(id) : (OrderId?)null;
        return Answers.Page(await mediator.Send(new ListNotifications(paging, order, channel?.Value, status?.Value), cancellationToken), NotificationBody.Of);
    }

    private static async Task<OkAnswer<NotificationBody>> Get(Guid notificationId, IMediator mediator, CancellationToken cancellationToken)
    {
        var found = await mediator.Send(new GetNotification(new(notificationId)), cancellationToken);
        return Answers.Ok(NotificationBody.Of(found), found.Version);
    }

    private static async Task<NoContentAnswer> Resend(Guid notificationId, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ResendNotification(new(notificationId), ifMatch.Version), cancellationToken));

    private static async Task<OkAnswer<NotificationSettingsBody>> GetSettings(IMediator mediator, CancellationToken cancellationToken)
    {
        var settings = await mediator.Send(new GetNotificationSettings(), cancellationToken);
        return Answers.Ok(NotificationSettingsBody.Of(settings.State), settings.Version);
    }

    private static async Task<NoContentAnswer> ChangeSettings(ChangeNotificationSettingsRequest request, IfMatch ifMatch, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(
            new ChangeNotificationSettings([.. request.Rules.Select(rule => rule.ToRule())], request.CallingCode, request.TrackingUrl, ifMatch.Version), cancellationToken));

    private static async Task<OkAnswer<CustomerWishesBody>> GetWishes(Caller caller, IMediator mediator, CancellationToken cancellationToken)
    {
        var wishes = await mediator.Send(new GetCustomerWishes(caller.Customer()), cancellationToken);
        return Answers.Ok(new CustomerWishesBody(wishes.State.Muted, wishes.State.Refused, [.. NotificationKind.All.Where(kind => !kind.Essential).Select(kind => kind.Name)]), wishes.Version);
    }

    private static async Task<NoContentAnswer> Choose(ChooseNotificationsRequest request, IfMatch ifMatch, Caller caller, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new ChooseNotifications(caller.Customer(), request.Muted ?? [], request.Refused ?? [], ifMatch.Version), cancellationToken));

    private static async Task<OkAnswer<PushKeyBody>> PushKey(Guid orderId, string token, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.Ok(new PushKeyBody(await mediator.Send(new GetPushKey(new(orderId), token), cancellationToken)));

    private static async Task<CreatedAnswer<PushSubscriptionBody>> Subscribe(
        Guid orderId, string token, SubscribeRequest request, IMediator mediator, CancellationToken cancellationToken)
    {
        var done = await mediator.Send(new SubscribeToOrder(new(orderId), token, request.Endpoint, request.Keys.P256dh, request.Keys.Auth), cancellationToken);
        var id = PushSubscriptions.IdOf(request.Endpoint);
        return Answers.Created($"/orders/{orderId}/push-subscriptions/{id}", new PushSubscriptionBody(id), done);
    }

    private static async Task<NoContentAnswer> Unsubscribe(Guid orderId, Guid subscriptionId, string token, IMediator mediator, CancellationToken cancellationToken) =>
        Answers.NoContent(await mediator.Send(new UnsubscribeFromOrder(new(orderId), token, subscriptionId), cancellationToken));
}
