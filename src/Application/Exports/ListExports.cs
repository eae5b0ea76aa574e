using MediatR;

namespace Mainstreet.Application.Exports;

/// <summary>The newest first.</summary>
public sealed record ListExports(PageRequest Page) : IRequest<Page<ExportView>>;

internal sealed class ListExportsHandler(IReadStore reads) : IRequestHandler<ListExports, Page<ExportView>>
{
    private const string List = "exports";

    public async Task<Page<ExportView>> Handle(ListExports query, CancellationToken cancellationToken)
    {
        var after = query.Page.After(List);
        var rows = await reads.List<ExportView>(
            $"""
            select * from rm.exports {(after is null ? "" : "where (requested_at, export_id) < (@requested_at, @export_id)")}
             order by requested_at desc, export_id desc limit @rows
            """,
            new { RequestedAt = after?.Time(0), ExportId = after?.Id(1), query.Page.Rows }, cancellationToken);
        return query.Page.Cut(rows, List, export => [export.RequestedAt, export.ExportId.Value]);
    }
}
