using System.Text;
using Mainstreet.Application.Connections;
using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Inbound;

/// <summary>A message whose time has come.</summary>
/// <param name="Body">As the provider sent it.</param>
public sealed record ReceivedNotification(InboundMessageId Id, ConnectionId Connection, string Provider, string Type, byte[] Body, DateTimeOffset ReceivedAt)
{
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>Without what it says, because requests end up in logs.</summary>
    public override string ToString() => $"{Provider} {Type} {Id}";
}

/// <summary>
/// What follows from a type of notifications: a command, which runs once however often it is tried. Handlers are found by scanning; whoever has one for
/// (stripe, payment_intent.succeeded) adds it beside the command's feature.
/// </summary>
public interface IInboundHandler
{
    string Provider { get; }

    /// <summary>As the provider calls it.</summary>
    string Type { get; }

    /// <summary>Reads the notification and decides nothing. Whatever it throws is a failed attempt. Null: nothing follows from this one.</summary>
    IRequest<Committed>? React(ReceivedNotification notification);
}

/// <summary>All of them.</summary>
public sealed class InboundHandlers(IEnumerable<IInboundHandler> handlers)
{
    private readonly Dictionary<(string Provider, string Type), IInboundHandler> byType = handlers.ToDictionary(handler => (handler.Provider, handler.Type));

    /// <summary>Null: nothing follows from notifications of this type.</summary>
    public IInboundHandler? Find(string provider, string type) => byType.GetValueOrDefault((provider, type));
}

/// <summary>The business has taken its consent back at Stripe: what is kept of it opens nothing any more.</summary>
internal sealed class RevokedAtStripe : IInboundHandler
{
    public string Provider => "stripe";

    public string Type => "account.application.deauthorized";

    public IRequest<Committed> React(ReceivedNotification notification) => new RevokeConnection(notification.Connection, "by_provider");
}
