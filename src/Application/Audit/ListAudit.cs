using System.Globalization;
using MediatR;

namespace Mainstreet.Application.Audit;

/// <summary>Who did what, when and from where, and who tried and was refused (IAM-11): the newest first.</summary>
/// <param name="Outcome">Null: both.</param>
public sealed record ListAudit(PageRequest Page, AuditFilter Filter, AuditOutcome? Outcome) : IRequest<Page<AuditEntry>>;

/// <summary>Two lists, the log and the refused attempts, merged by time. A cursor is a place in each.</summary>
internal sealed class ListAuditHandler(IAuditLog audit, IRefusedAttempts attempts) : IRequestHandler<ListAudit, Page<AuditEntry>>
{
    public async Task<Page<AuditEntry>> Handle(ListAudit query, CancellationToken cancellationToken)
    {
        var (filter, page) = (query.Filter, query.Page);
        var list = string.Create(CultureInfo.InvariantCulture, $"audit {filter.Subject} {filter.Actor} {filter.From:O} {filter.To:O} {query.Outcome}");
        var start = page.After(list) is { } after ? Place.Of(after) : Place.Newest;
        var done = query.Outcome is AuditOutcome.Refused ? [] : await audit.Done(filter, start.Position, page.Rows, cancellationToken);
        IReadOnlyList<AuditEntry> refused = [];
        if (query.Outcome is not AuditOutcome.Done)
        {
            await attempts.Write(cancellationToken);
            refused = await audit.Refused(filter, start.Refused, page.Rows, cancellationToken);
        }

        var merged = Merge(done, refused, start).Take(page.Rows).ToArray();
        var cut = page.Cut(merged, list, row => row.Place.Values);
        return new([.. cut.Data.Select(row => row.Entry)], cut.HasMore, cut.NextCursor);
    }

    private static IEnumerable<(AuditEntry Entry, Place Place)> Merge(IReadOnlyList<AuditEntry> done, IReadOnlyList<AuditEntry> refused, Place place)
    {
        var (d, r) = (0, 0);
        while (d < done.Count || r < refused.Count)
        {
            var entry = r == refused.Count || (d < done.Count && done[d].At >= refused[r].At) ? done[d++] : refused[r++];
            place = entry.Change is { } change ? place with { Position = change.Position } : place with { Refused = (entry.At, entry.Id) };
            yield return (entry, place);
        }
    }

    private sealed record Place(long? Position, (DateTimeOffset At, Guid Id)? Refused)
    {
        private const long None = -1;

        public static readonly Place Newest = new(Position: null, Refused: null);

        public object?[] Values => [Position ?? None, Refused?.At ?? DateTimeOffset.MaxValue, Refused?.Id ?? Guid.Empty];

        public static Place Of(CursorValues cursor) => new(
            cursor.Number(0) is var position and not None ? position : null,
            cursor.Id(2) is var id && id != Guid.Empty ? (cursor.Time(1), id) : null);
    }
}
