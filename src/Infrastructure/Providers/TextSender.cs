using Mainstreet.Application;
using Mainstreet.Application.Connections;
using Mainstreet.Application.Notifications;
using Mainstreet.Domain.Connections;
using Mainstreet.Domain.Notifications;
using Microsoft.Extensions.Options;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>
/// A test tenant's messages go to its outbox, but for the numbers that the provider keeps for trying out its refusals. A live one's are sent with the account
/// that it has connected, else with the platform's.
/// </summary>
internal sealed class TextSender(
    ITenantContext tenant, SandboxOutbox outbox, TwilioMessages provider, IOptions<TwilioOptions> options, IReadStore reads, IAggregates aggregates, ISealedSecrets secrets)
    : ITextSender
{
    public const string SmsFrom = "sms_from";
    public const string WhatsappFrom = "whatsapp_from";

    public async Task<bool> IsReady(NotificationChannel channel, CancellationToken cancellationToken) =>
        tenant.IsSandbox || From(await Account(cancellationToken), channel) is not null;

    public async Task<SendOutcome> Send(TextMessage message, CancellationToken cancellationToken)
    {
        if (tenant.IsSandbox)
        {
            return await Keep(message);
        }

        var account = await Account(cancellationToken);
        return From(account, message.Channel) is { } from ? await provider.Send(account!, from, message, cancellationToken) : SendOutcome.Refused("channel_not_configured");
    }

    private async Task<SendOutcome> Keep(TextMessage message)
    {
        switch (message.To)
        {
            case "+15005550001":
                return SendOutcome.Refused("twilio_21211");
            case "+15005550004":
                return SendOutcome.Refused("twilio_21610") with { OptedOut = true };
            default:
                await outbox.Keep(message);
                return SendOutcome.Taken(null);
        }
    }

    private static string? From(TwilioAccount? account, NotificationChannel channel) => channel is NotificationChannel.Sms ? account?.SmsFrom : account?.WhatsappFrom;

    private async Task<TwilioAccount?> Account(CancellationToken cancellationToken)
    {
        var own = await reads.List<ConnectionView>(
            "select * from rm.connections where provider = @provider and status = 'connected' order by connected_at desc limit 1", new { TwilioMessages.Provider }, cancellationToken);
        if (own is not [var view] || await aggregates.Find<Connection, ConnectionEvent>(view.ConnectionId.Value, cancellationToken) is not { State: var connection })
        {
            return options.Value.Account;
        }

        var credentials = await connection.Credentials(secrets, cancellationToken);
        return credentials.GetValueOrDefault(ConnectionProvider.Key) is { } token
            ? new(connection.Account, token, credentials.GetValueOrDefault(SmsFrom), credentials.GetValueOrDefault(WhatsappFrom))
            : options.Value.Account;
    }
}
