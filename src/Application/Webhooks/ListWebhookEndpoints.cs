using MediatR;

namespace Mainstreet.Application.Webhooks;

/// <summary>The first registered first.</summary>
public sealed record ListWebhookEndpoints(PageRequest Page) : IRequest<Page<WebhookEndpointView>>;

internal sealed class ListWebhookEndpointsHandler(IReadStore reads) : IRequestHandler<ListWebhookEndpoints, Page<WebhookEndpointView>>
{
    private const string List = "webhook endpoints";

    public async Task<Page<WebhookEndpointView>> Handle(ListWebhookEndpoints query, CancellationToken cancellationToken)
    {
        var after = query.Page.After(List);
        var rows = await reads.List<WebhookEndpointView>(
            """
            select * from rm.webhook_endpoints
             where not deleted and (@created_at::timestamptz is null or (created_at, id) > (@created_at, @id))
             order by created_at, id limit @rows
            """,
            new { CreatedAt = after?.Time(0), Id = after?.Id(1), query.Page.Rows },
            cancellationToken);
        return query.Page.Cut(rows, List, endpoint => [endpoint.CreatedAt, endpoint.Id.Value]);
    }
}
