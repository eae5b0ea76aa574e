using System.Text.Json;
using MediatR;

namespace Mainstreet.Application.Notifications;

/// <summary>What the present test tenant sent, the newest first (row 53). Errors: not_found (404) for a live tenant.</summary>
/// <param name="To">Only to this address or number, whatever the case of its letters.</param>
/// <param name="Invitations">Whether those are shown that make their reader a member.</param>
public sealed record ListSandboxMessages(PageRequest Page, string? To, SandboxMessageKind? Kind, bool Invitations) : IRequest<Page<SandboxMessage>>;

internal sealed class ListSandboxMessagesHandler(IReadStore reads, ITenantContext tenant) : IRequestHandler<ListSandboxMessages, Page<SandboxMessage>>
{
    public async Task<Page<SandboxMessage>> Handle(ListSandboxMessages query, CancellationToken cancellationToken)
    {
        SandboxMessage.CheckOutboxOf(tenant);
        var list = $"sandbox messages {query.To} {query.Kind}";
        var after = query.Page.After(list);
        var rows = await reads.List<SandboxMessage>(
            $"""
            {SandboxMessage.Select}
             where (@invitations or template <> '{SandboxMessage.Invitation}') and (@to::text is null or lower(recipient) = lower(@to)) and (@kind::text is null or kind = @kind)
               and (@created_at::timestamptz is null or (created_at, message_id) < (@created_at, @id))
             order by created_at desc, message_id desc limit @rows
            """,
            new
            {
                query.To,
                query.Invitations,
                Kind = query.Kind is { } kind ? JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()) : null,
                CreatedAt = after?.Time(0),
                Id = after?.Id(1),
                query.Page.Rows,
            },
            cancellationToken);
        return query.Page.Cut(rows, list, message => [message.CreatedAt, message.MessageId]);
    }
}
