using MediatR;

namespace Mainstreet.Application.Messages;

/// <summary>Dead letters, the newest first (row 51).</summary>
public sealed record ListDeadLetters(PageRequest Page, MessageScope Scope, DeadLetterStatus Status, string? Queue, string? Type) : IRequest<Page<DeadLetter>>;

internal sealed class ListDeadLettersHandler(IDeadLetters letters) : IRequestHandler<ListDeadLetters, Page<DeadLetter>>
{
    public async Task<Page<DeadLetter>> Handle(ListDeadLetters query, CancellationToken cancellationToken)
    {
        var list = $"dead letters {query.Scope.Tenant} {query.Status} {query.Queue} {query.Type}";
        var after = query.Page.After(list);
        var rows = await letters.List(query, after is null ? null : (after.Time(0), after.Id(1)), cancellationToken);
        return query.Page.Cut(rows, list, letter => [letter.DiedAt, letter.Id]);
    }
}
