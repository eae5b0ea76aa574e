using Mainstreet.Application.Customers;
using Mainstreet.Domain;
using Mainstreet.Domain.Notifications;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Application.Notifications;

/// <summary>
/// Tells a customer of a step on one channel, and notes how that ended: once, however often this runs. A provider that cannot take it now is asked again for as
/// long as the news is worth telling.
/// </summary>
[Message("notification.send", Queues.Notifications)]
internal sealed record SendNotification(NotificationId Id, OrderNews News, NotificationChannel Channel) : IRequest<Committed>;

internal sealed class SendNotificationHandler(
    IAggregates aggregates, IReadStore reads, ILane lane, CustomerChannels channels, NotificationWords words, IEmailSender mail, ITextSender texts, IPushSender push, PushDevices devices, TimeProvider clock)
    : IRequestHandler<SendNotification, Committed>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    public async Task<Committed> Handle(SendNotification command, CancellationToken cancellationToken)
    {
        var present = (await aggregates.Find<Notification, NotificationEvent>(command.Id.Value, cancellationToken))?.State;
        if (Notification.IsDone(present) || await aggregates.Find<Order, OrderEvent>(command.News.OrderId.Value, cancellationToken) is not { State: var order })
        {
            return new(0);
        }

        var settings = await channels.Settings(cancellationToken);
        var recipient = await channels.Recipient(order, command.Channel, settings, cancellationToken);
        if (recipient is null && present is null)
        {
            return new(0); // erased since then: there is nobody to tell
        }

        var customer = await reads.PresentOf(order.CustomerId, cancellationToken);
        var wishes = CustomerWishes.StreamOf(customer);
        var wanted = (await aggregates.Find<CustomerWishes, CustomerWishesEvent>(wishes, cancellationToken))?.State ?? CustomerWishes.None;
        var outcome = recipient is null ? SendOutcome.Refused("no_recipient")
            : !wanted.Want(command.News.Kind, command.Channel) ? SendOutcome.Refused("not_wanted")
            : clock.GetUtcNow() - (present?.AskedAt ?? command.News.At) > NotificationKind.GoodFor
                ? SendOutcome.Refused("too_late")
            : await Send(command, order, recipient, $"{command.Id}/{present?.Attempt ?? 1}", settings, cancellationToken);
        var tried = new NotificationTried(command.Id, command.News, order.Number, command.Channel, order.CustomerId, recipient);
        return await lane.Run(
            streams => streams.Of<Notification>(command.Id.Value).Of<Order>(order.Id.Value).Of<CustomerWishes>(outcome.OptedOut ? [wishes] : []),
            (log, now) =>
            {
                var known = log.Get<Order>(order.Id.Value).Contact == order.Contact ? tried : tried with { Recipient = null }; // who was erased meanwhile stays so
                log.Append<Notification, NotificationEvent>(
                    command.Id.Value, Notification.Record(known, log.Find<Notification>(command.Id.Value), outcome.Failure, outcome.Reference, now));
                if (outcome.OptedOut)
                {
                    log.Append<CustomerWishes, CustomerWishesEvent>(wishes, CustomerWishes.OptOut(log.Find<CustomerWishes>(wishes), customer, command.Channel, now));
                }

                return new Committed(log.Version(command.Id.Value));
            },
            cancellationToken);
    }

    private async Task<SendOutcome> Send(
        SendNotification command, Order order, string recipient, string key, NotificationSettings settings, CancellationToken cancellationToken)
    {
        var written = await words.Write(order, command.News, command.Channel, settings, cancellationToken);
        return command.Channel switch
        {
            NotificationChannel.Email => await Mail(
                new(recipient, written.Words.Subject, written.Words.Text, command.News.Kind, key, written.Words.Html, order.CustomerId.Value), cancellationToken),
            NotificationChannel.Sms => await texts.Send(new(command.Channel, recipient, written.Words.Text, command.News.Kind, key, order.CustomerId.Value), cancellationToken),
            NotificationChannel.Whatsapp => await texts.Send(
                new(command.Channel, recipient, written.Words.Text, command.News.Kind, key, order.CustomerId.Value, settings.Rule(command.News.Kind).WhatsappContent, written.Values),
                cancellationToken),
            NotificationChannel.Push => await push.Send(
                new(await devices.Of(order.Id, cancellationToken), written.Words.Subject, written.Words.Text, written.Values["link"], command.News.Kind, key, order.CustomerId.Value),
                cancellationToken),
        };
    }

    /// <summary>What the provider refuses is how it ended; what it cannot take now is tried again.</summary>
    private async Task<SendOutcome> Mail(EmailMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await mail.Send(message, cancellationToken);
            return SendOutcome.Taken(null);
        }
        catch (DomainException e) when (e.Error.Kind is ErrorKind.Busy)
        {
            throw new UnavailableException(e.Error.Code, e.Message, Pause);
        }
        catch (DomainException e)
        {
            return SendOutcome.Refused(e.Error.Code);
        }
    }
}
