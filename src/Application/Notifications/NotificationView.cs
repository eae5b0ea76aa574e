using Mainstreet.Domain;
using Mainstreet.Domain.Notifications;
using MediatR;

namespace Mainstreet.Application.Notifications;

/// <summary>What a customer was told, or could not be told, on one channel.</summary>
/// <param name="Recipient">The address or number; null: there was none.</param>
/// <param name="Reason">Why it failed; null: it did not.</param>
/// <param name="Reference">What the provider calls it.</param>
/// <param name="CreatedAt">When the first attempt ended.</param>
public sealed record NotificationView(
    [property: Key] NotificationId NotificationId,
    OrderId OrderId,
    string Number,
    CustomerId CustomerId,
    string Kind,
    NotificationChannel Channel,
    NotificationStatus Status,
    string? Recipient,
    string? Reason,
    string? Reference,
    int Attempt,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    int Version);

/// <summary>The newest first. Errors: invalid_cursor (400).</summary>
public sealed record ListNotifications(PageRequest Page, OrderId? OrderId, NotificationChannel? Channel, NotificationStatus? Status) : IRequest<Page<NotificationView>>;

/// <summary>Errors: not_found (404).</summary>
public sealed record GetNotification(NotificationId Id) : IRequest<NotificationView>;

internal sealed class NotificationsProjection : Projection<NotificationView>
{
    public NotificationsProjection() : base("notifications", version: 1, inline: true)
    {
        On<NotificationSent>(
            e => Row(e.NotificationId, e.News, e.Number, e.CustomerId, e.Channel, e.At),
            (row, e, context) => row with
            {
                Status = NotificationStatus.Sent,
                Recipient = e.Recipient,
                Reason = null,
                Reference = e.Reference,
                Attempt = e.Attempt,
                UpdatedAt = e.At,
                Version = context.Version,
            });
        On<NotificationFailed>(
            e => Row(e.NotificationId, e.News, e.Number, e.CustomerId, e.Channel, e.At),
            (row, e, context) => row with
            {
                Status = NotificationStatus.Failed,
                Recipient = e.Recipient,
                Reason = e.Reason,
                Attempt = e.Attempt,
                UpdatedAt = e.At,
                Version = context.Version,
            });
        On<NotificationResendRequested>(
            (e, _) => Row(e.NotificationId, new(default, "", e.At), "", default, default, e.At),
            (row, e, context) => row with { Status = NotificationStatus.Resending, Attempt = e.Attempt, UpdatedAt = e.At, Version = context.Version });
        Index("created_at desc", "notification_id desc");
        Index("order_id", "created_at desc", "notification_id desc");
    }

    private static NotificationView Row(NotificationId id, OrderNews news, string number, CustomerId customer, NotificationChannel channel, DateTimeOffset at) =>
        new(id, news.OrderId, number, customer, news.Kind, channel, default, null, null, null, 0, at, at, 0);
}

internal sealed class NotificationQueries(IReadStore reads) : IRequestHandler<ListNotifications, Page<NotificationView>>, IRequestHandler<GetNotification, NotificationView>
{
    public async Task<Page<NotificationView>> Handle(ListNotifications query, CancellationToken cancellationToken)
    {
        var list = $"notifications {query.OrderId} {query.Channel} {query.Status}";
        var after = query.Page.After(list);
        var rows = await reads.List<NotificationView>(
            $"""
            select * from rm.notifications where true
               {(query.OrderId is null ? "" : "and order_id = @order_id")}
               {(query.Channel is null ? "" : "and channel = @channel")}
               {(query.Status is null ? "" : "and status = @status")}
               {(after is null ? "" : "and (created_at, notification_id) < (@created_at, @id)")}
             order by created_at desc, notification_id desc limit @rows
            """,
            new
            {
                query.OrderId,
                query.Channel,
                query.Status,
                CreatedAt = after?.Time(0),
                Id = after?.Id(1),
                query.Page.Rows,
            },
            cancellationToken);
        return query.Page.Cut(rows, list, row => [row.CreatedAt, row.NotificationId.Value]);
    }

    public async Task<NotificationView> Handle(GetNotification query, CancellationToken cancellationToken) =>
        await reads.Find<NotificationView>("select * from rm.notifications where notification_id = @id", new { query.Id }, cancellationToken)
        ?? throw new DomainException(DomainError.NotFound("notification"));
}
