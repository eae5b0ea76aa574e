using Mainstreet.Application.Customers;
using Mainstreet.Application.Flags;
using Mainstreet.Domain;
using Mainstreet.Domain.Flags;
using Mainstreet.Domain.Notifications;
using Mainstreet.Domain.Orders;
using MediatR;

namespace Mainstreet.Application.Notifications;

/// <summary>Chooses the channels on which a customer is told of a step: one message of its own for each, so that none waits for another.</summary>
/// <param name="Step">The event's id.</param>
[Message("order.notify_customer", Queues.Notifications)]
internal sealed record NotifyCustomer(OrderNews News, Guid Step) : IRequest<Committed>;

internal sealed class NotifyCustomerHandler(IAggregates aggregates, ILane lane, CustomerChannels channels) : IRequestHandler<NotifyCustomer, Committed>
{
    public async Task<Committed> Handle(NotifyCustomer command, CancellationToken cancellationToken)
    {
        if (await aggregates.Find<Order, OrderEvent>(command.News.OrderId.Value, cancellationToken) is not { State: var order })
        {
            return new(0);
        }

        var chosen = await channels.Choose(order, command.News.Kind, cancellationToken);
        return chosen is [] ? new(0) : await lane.Run(
            _ => { },
            (log, now) =>
            {
                foreach (var channel in chosen)
                {
                    var id = Notification.IdOf(command.Step, channel);
                    log.Schedule(new SendNotification(id, command.News, channel), now, $"notification:{id}");
                }

                return new Committed(0);
            },
            cancellationToken);
    }
}

/// <summary>Where a customer is reached: what the business has set, the customer wants, and can be sent at all.</summary>
public sealed class CustomerChannels(
    IAggregates aggregates, IReadStore reads, IFeatures features, ITenantContext context, IEmailSender mail, ITextSender texts, IPushSender push, PushDevices devices)
{
    public async Task<NotificationChannel[]> Choose(Order order, string kind, CancellationToken cancellationToken)
    {
        var settings = await Settings(cancellationToken);
        var wished = CustomerWishes.StreamOf(await reads.PresentOf(order.CustomerId, cancellationToken));
        var wishes = (await aggregates.Find<CustomerWishes, CustomerWishesEvent>(wished, cancellationToken))?.State ?? CustomerWishes.None;
        var reaching = new HashSet<NotificationChannel>();
        foreach (var channel in Enum.GetValues<NotificationChannel>())
        {
            if (wishes.Want(kind, channel) && await IsReady(channel, cancellationToken) && await Recipient(order, channel, settings, cancellationToken) is not null)
            {
                reaching.Add(channel);
            }
        }

        return settings.ChannelsFor(kind, reaching.Contains);
    }

    public async Task<NotificationSettings> Settings(CancellationToken cancellationToken) =>
        (await aggregates.Find<NotificationSettings, NotificationSettingsEvent>(NotificationSettings.StreamOf(context.Tenant), cancellationToken))?.State ?? NotificationSettings.Default;

    /// <summary>The address or number; null: there is none, or it was erased.</summary>
    public async Task<string?> Recipient(Order order, NotificationChannel channel, NotificationSettings settings, CancellationToken cancellationToken) => channel switch
    {
        NotificationChannel.Email => EmailAddress.IsWellFormed(order.Contact.Email) ? order.Contact.Email : null,
        NotificationChannel.Sms or NotificationChannel.Whatsapp => settings.International(order.Contact.Phone),
        NotificationChannel.Push => await devices.Of(order.Id, cancellationToken) is [_, ..] all ? string.Join(", ", all.Select(device => new Uri(device.Endpoint).Host)) : null,
    };

    private async Task<bool> IsReady(NotificationChannel channel, CancellationToken cancellationToken) => channel switch
    {
        NotificationChannel.Email => mail.IsReady,
        NotificationChannel.Sms => await features.Has(context.Tenant, PlanFeature.SmsNotifications, subject: null, cancellationToken) && await texts.IsReady(channel, cancellationToken),
        NotificationChannel.Whatsapp => await texts.IsReady(channel, cancellationToken),
        NotificationChannel.Push => push.PublicKey is not null,
    };
}
