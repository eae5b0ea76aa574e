using System.Security.Cryptography;
using System.Text.Json;
using Mainstreet.Domain;
using Mainstreet.Domain.Inbound;
using MediatR;

namespace Mainstreet.Application.Inbound;

/// <summary>What providers told, the newest first.</summary>
public sealed record ListInboundMessages(
    PageRequest Page, string? Provider, InboundStatus? Status, string? Type, ConnectionId? Connection, DateTimeOffset? From, DateTimeOffset? To)
    : IRequest<Page<InboundMessageView>>;

/// <summary>Errors: not_found (404).</summary>
public sealed record GetInboundMessage(InboundMessageId Id) : IRequest<InboundMessageDetails>;

/// <param name="Body">As the provider sent it; null: it is not kept any more, or cannot be read.</param>
public sealed record InboundMessageDetails(InboundMessageView Message, byte[]? Body);

internal sealed class ListInboundMessagesHandler(IReadStore reads, IInboundPayloads payloads) :
    IRequestHandler<ListInboundMessages, Page<InboundMessageView>>, IRequestHandler<GetInboundMessage, InboundMessageDetails>
{
    public async Task<Page<InboundMessageView>> Handle(ListInboundMessages query, CancellationToken cancellationToken)
    {
        var status = query.Status is { } wanted ? JsonNamingPolicy.SnakeCaseLower.ConvertName(wanted.ToString()) : null;
        var list = $"inbound messages {query.Provider} {status} {query.Type} {query.Connection} {query.From:O} {query.To:O}";
        var after = query.Page.After(list);
        var rows = await reads.List<InboundMessageView>(
            $"""
            select * from rm.inbound_messages
             where {(status is null ? "" : $"status = '{status}' and ")}
                   (@provider::text is null or provider = @provider) and (@type::text is null or type = @type)
               and (@connection::uuid is null or connection_id = @connection)
               and (@from::timestamptz is null or received_at >= @from) and (@to::timestamptz is null or received_at < @to)
               and (@received_at::timestamptz is null or (received_at, inbound_message_id) < (@received_at, @id))
             order by received_at desc, inbound_message_id desc limit @rows
            """,
            new { query.Provider, query.Type, query.Connection, query.From, query.To, ReceivedAt = after?.Time(0), Id = after?.Id(1), query.Page.Rows }, cancellationToken);
        return query.Page.Cut(rows, list, message => [message.ReceivedAt, message.InboundMessageId.Value]);
    }

    public async Task<InboundMessageDetails> Handle(GetInboundMessage query, CancellationToken cancellationToken)
    {
        var message = await reads.Find<InboundMessageView>("select * from rm.inbound_messages where inbound_message_id = @id", new { query.Id }, cancellationToken)
            ?? throw new DomainException(InboundErrors.NotFound);
        try
        {
            return new(message, await payloads.Find(query.Id, cancellationToken));
        }
        catch (CryptographicException)
        {
            return new(message, null);
        }
    }
}
