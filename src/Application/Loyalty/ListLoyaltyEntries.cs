using Mainstreet.Domain;
using MediatR;

namespace Mainstreet.Application.Loyalty;

/// <summary>What the points of a customer who is signed in changed by, the newest first.</summary>
public sealed record ListMyLoyaltyEntries(AccountId AccountId, PageRequest Page) : IRequest<Page<LoyaltyEntryView>>;

/// <summary>As <see cref="ListMyLoyaltyEntries"/>, for the business. Errors: not_found (404).</summary>
public sealed record ListLoyaltyEntries(CustomerId CustomerId, PageRequest Page) : IRequest<Page<LoyaltyEntryView>>;

internal sealed class ListMyLoyaltyEntriesHandler(IReadStore reads) : IRequestHandler<ListMyLoyaltyEntries, Page<LoyaltyEntryView>>
{
    public async Task<Page<LoyaltyEntryView>> Handle(ListMyLoyaltyEntries query, CancellationToken cancellationToken)
    {
        var list = $"loyalty entries {query.AccountId}";
        var after = query.Page.After(list);
        var rows = await reads.List<LoyaltyEntryView>(
            $"""
            select * from rm.loyalty_entries where account_id = @account_id
               {(after is null ? "" : "and entry < @entry")}
             order by entry desc limit @rows
            """,
            new { query.AccountId, query.Page.Rows, Entry = after?.Number(0) }, cancellationToken);
        return query.Page.Cut(rows, list, entry => [(long)entry.Entry]);
    }
}

internal sealed class ListLoyaltyEntriesHandler(IReadStore reads, IMediator mediator) : IRequestHandler<ListLoyaltyEntries, Page<LoyaltyEntryView>>
{
    public async Task<Page<LoyaltyEntryView>> Handle(ListLoyaltyEntries query, CancellationToken cancellationToken)
    {
        if (await reads.AccountOf(query.CustomerId, cancellationToken) is { } account)
        {
            return await mediator.Send(new ListMyLoyaltyEntries(account, query.Page), cancellationToken);
        }

        query.Page.After("no loyalty entries"); // no cursor leads anywhere here
        return new([], HasMore: false, NextCursor: null);
    }
}
