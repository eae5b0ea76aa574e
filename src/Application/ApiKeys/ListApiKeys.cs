using Mainstreet.Domain;
using Mainstreet.Domain.ApiKeys;
using MediatR;

namespace Mainstreet.Application.ApiKeys;

/// <summary>The newest first.</summary>
public sealed record ListApiKeys(PageRequest Page) : IRequest<Page<ApiKeyEntry>>;

/// <summary>Errors: not_found (404).</summary>
public sealed record GetApiKey(ApiKeyId KeyId) : IRequest<ApiKeyEntry>;

/// <param name="LastUsedAt">To the minute; null: never.</param>
public sealed record ApiKeyEntry(ApiKeyView Key, DateTimeOffset? LastUsedAt);

internal sealed class ListApiKeysHandler(IReadStore reads, IApiKeys keys, ITenantContext context) : IRequestHandler<ListApiKeys, Page<ApiKeyEntry>>
{
    private const string List = "api keys";

    public async Task<Page<ApiKeyEntry>> Handle(ListApiKeys query, CancellationToken cancellationToken)
    {
        var after = query.Page.After(List);
        var rows = await reads.List<ApiKeyView>(
            """
            select * from rm.api_keys
             where @created_at::timestamptz is null or (created_at, id) < (@created_at, @id)
             order by created_at desc, id desc limit @rows
            """,
            new { CreatedAt = after?.Time(0), Id = after?.Id(1), query.Page.Rows },
            cancellationToken);
        var used = await keys.LastUsed(context.Tenant, [.. rows.Select(row => row.Id)], cancellationToken);
        return query.Page.Cut(
            [.. rows.Select(row => new ApiKeyEntry(row, used.TryGetValue(row.Id, out var at) ? at : null))], List, entry => [entry.Key.CreatedAt, entry.Key.Id.Value]);
    }
}

internal sealed class GetApiKeyHandler(IReadStore reads, IApiKeys keys, ITenantContext context) : IRequestHandler<GetApiKey, ApiKeyEntry>
{
    public async Task<ApiKeyEntry> Handle(GetApiKey query, CancellationToken cancellationToken)
    {
        var key = await reads.Find<ApiKeyView>("select * from rm.api_keys where id = @key_id", new { query.KeyId }, cancellationToken)
            ?? throw new DomainException(ApiKeyErrors.NotFound);
        var used = await keys.LastUsed(context.Tenant, [key.Id], cancellationToken);
        return new(key, used.TryGetValue(key.Id, out var at) ? at : null);
    }
}
