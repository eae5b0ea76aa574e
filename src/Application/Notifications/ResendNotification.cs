using Mainstreet.Domain;
using Mainstreet.Domain.Notifications;
using MediatR;

namespace Mainstreet.Application.Notifications;

/// <summary>A message that failed is tried once more. Errors: not_found (404), notification_sent (409), stale_version (412).</summary>
public sealed record ResendNotification(NotificationId Id, int? ExpectedVersion) : IRequest<Committed>;

internal sealed class ResendNotificationHandler(ILane lane) : IRequestHandler<ResendNotification, Committed>
{
    public Task<Committed> Handle(ResendNotification command, CancellationToken cancellationToken) => lane.Run(
        streams => streams.Of<Notification>(command.Id.Value),
        (log, now) =>
        {
            log.Expect(command.Id.Value, command.ExpectedVersion);
            var notification = log.Find<Notification>(command.Id.Value) ?? throw new DomainException(DomainError.NotFound("notification"));
            var events = notification.Resend(now);
            if (events is not [])
            {
                log.Append<Notification, NotificationEvent>(command.Id.Value, events);
                log.Schedule(new SendNotification(command.Id, notification.News, notification.Channel), now, $"notification:{command.Id}");
            }

            return new Committed(log.Version(command.Id.Value));
        },
        cancellationToken);
}
