using MediatR;

namespace Mainstreet.Application.TestClocks;

/// <summary>What ran in the present business while its clock was advanced, the last first. Errors: not_found (404).</summary>
public sealed record ListExecutedMessages(Guid ClockId, PageRequest Page) : IRequest<Page<ExecutedMessage>>;

internal sealed class ListExecutedMessagesHandler(ITestClocks clocks, IReadStore reads, ITenantContext context) : IRequestHandler<ListExecutedMessages, Page<ExecutedMessage>>
{
    public async Task<Page<ExecutedMessage>> Handle(ListExecutedMessages query, CancellationToken cancellationToken)
    {
        await clocks.Get(query.ClockId, cancellationToken);
        var list = $"executed {query.ClockId}";
        var rows = await reads.List<Row>(
            """
            select ordinal, message_id, type, due_at, ran_at, outcome from test_clock_runs
             where clock_id = @clock_id and (@after::bigint is null or ordinal < @after)
             order by ordinal desc limit @rows
            """,
            new { query.ClockId, After = query.Page.After(list)?.Number(0), query.Page.Rows }, cancellationToken);
        var page = query.Page.Cut(rows, list, row => [row.Ordinal]);
        return new([.. page.Data.Select(row => row.Executed(context.Tenant.Value))], page.HasMore, page.NextCursor);
    }

    private sealed record Row(long Ordinal, Guid MessageId, string Type, DateTimeOffset DueAt, DateTimeOffset RanAt, string Outcome)
    {
        public ExecutedMessage Executed(Guid business) => new(business, MessageId, Type, DueAt, RanAt, Outcome);
    }
}
