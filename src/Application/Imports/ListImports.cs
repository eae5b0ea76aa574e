using MediatR;

namespace Mainstreet.Application.Imports;

/// <summary>The newest first.</summary>
public sealed record ListImports(PageRequest Page) : IRequest<Page<ImportView>>;

internal sealed class ListImportsHandler(IReadStore reads) : IRequestHandler<ListImports, Page<ImportView>>
{
    private const string List = "imports";

    public async Task<Page<ImportView>> Handle(ListImports query, CancellationToken cancellationToken)
    {
        var after = query.Page.After(List);
        var rows = await reads.List<ImportView>(
            $"""
            select * from rm.imports {(after is null ? "" : "where (requested_at, import_id) < (@requested_at, @import_id)")}
             order by requested_at desc, import_id desc limit @rows
            """,
            new { RequestedAt = after?.Time(0), ImportId = after?.Id(1), query.Page.Rows }, cancellationToken);
        return query.Page.Cut(rows, List, import => [import.RequestedAt, import.ImportId.Value]);
    }
}
