using Mainstreet.Domain;
using Mainstreet.Domain.Connections;
using MediatR;

namespace Mainstreet.Application.Connections;

/// <summary>In the order in which they were asked for.</summary>
public sealed record ListConnections(PageRequest Page, string? Provider) : IRequest<Page<ConnectionView>>;

/// <summary>Errors: not_found (404).</summary>
public sealed record GetConnection(ConnectionId ConnectionId) : IRequest<ConnectionView>;

internal sealed class ListConnectionsHandler(IReadStore reads) : IRequestHandler<ListConnections, Page<ConnectionView>>, IRequestHandler<GetConnection, ConnectionView>
{
    public async Task<Page<ConnectionView>> Handle(ListConnections query, CancellationToken cancellationToken)
    {
        var list = $"connections {query.Provider}";
        var after = query.Page.After(list);
        var rows = await reads.List<ConnectionView>(
            """
            select * from rm.connections
             where (@provider::text is null or provider = @provider)
               and (@requested_at::timestamptz is null or (requested_at, connection_id) > (@requested_at, @id))
             order by requested_at, connection_id limit @rows
            """,
            new { query.Provider, RequestedAt = after?.Time(0), Id = after?.Id(1), query.Page.Rows }, cancellationToken);
        return query.Page.Cut(rows, list, connection => [connection.RequestedAt, connection.ConnectionId.Value]);
    }

    public async Task<ConnectionView> Handle(GetConnection query, CancellationToken cancellationToken) =>
        await reads.Find<ConnectionView>("select * from rm.connections where connection_id = @connection_id", new { query.ConnectionId }, cancellationToken)
        ?? throw new DomainException(ConnectionErrors.NotFound);
}
