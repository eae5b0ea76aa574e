using System.Runtime.CompilerServices;
using System.Text;
using Mainstreet.Domain;

namespace Mainstreet.Application.Imports.Reading;

/// <param name="Number">The physical line on which it begins.</param>
/// <param name="StrayQuote">The index of the first cell whose quotation marks do not match, or null.</param>
internal sealed record CsvLine(long Number, string[] Cells, int? StrayQuote);

/// <summary>
/// A CSV text (RFC 4180, any line ending) as rows, one in memory at a time. What separates the first two cells of the header, a comma, a semicolon
/// or a tab, separates all.
/// </summary>
internal sealed class CsvLines(CheckedText text)
{
    public const int MaxRow = 256 * 1024;
    public const int MaxCells = 500;

    private readonly StringBuilder cell = new();
    private readonly List<string> cells = [];
    private long line = 1;
    private long begun;
    private int size;
    private int? stray;
    private State state;

    /// <summary>Null until a second cell was seen.</summary>
    public char? Separator { get; private set; }

    private enum State
    {
        CellStart,
        Plain,
        Quoted,
        QuotedThenQuote,
    }

    /// <summary>All but blank lines. Errors: csv_quote_unclosed, import_row_too_large, import_too_many_columns (400).</summary>
    public async IAsyncEnumerable<CsvLine> Read([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var afterReturn = false;
        Begin();
        while (await text.Next(cancellationToken) is >= 0 and var next)
        {
            var c = (char)next;
            var ends = c is '\r' or '\n' && state is not State.Quoted;
            var isSecondOfPair = c is '\n' && afterReturn;
            line += c is '\r' || (c is '\n' && !isSecondOfPair) ? 1 : 0;
            afterReturn = c is '\r';
            if (!ends)
            {
                Take(c);
            }
            else if (!isSecondOfPair)
            {
                if (End() is { } row)
                {
                    yield return row;
                }

                Begin();
            }
        }

        Check.That(state is not State.Quoted, ImportFileErrors.QuoteUnclosed(begun));
        if (End() is { } last)
        {
            yield return last;
        }
    }

    private void Begin() => (begun, size, stray, state) = (line, 0, null, State.CellStart);

    private void Take(char c)
    {
        if (++size > MaxRow)
        {
            throw new DomainException(ImportFileErrors.RowTooLarge(begun, MaxRow));
        }

        switch (state, c)
        {
            case (State.Quoted, '"'):
                state = State.QuotedThenQuote;
                break;
            case (State.Quoted, _):
                cell.Append(c);
                break;
            case (State.CellStart, '"'):
                state = State.Quoted;
                break;
            case (State.QuotedThenQuote, '"'):
                cell.Append(c);
                state = State.Quoted;
                break;
            case (_, ',' or ';' or '\t') when (Separator ??= c) == c:
                Next();
                break;
            default:
                stray ??= c is '"' || state is State.QuotedThenQuote ? cells.Count : null;
                cell.Append(c);
                state = State.Plain;
                break;
        }
    }

    private void Next()
    {
        if (cells.Count == MaxCells)
        {
            throw new DomainException(ImportFileErrors.TooManyColumns(begun, MaxCells));
        }

        cells.Add(cell.ToString());
        cell.Clear();
        state = State.CellStart;
    }

    private CsvLine? End()
    {
        Next();
        string[] row = [.. cells];
        cells.Clear();
        return Array.TrueForAll(row, string.IsNullOrWhiteSpace) ? null : new(begun, row, stray);
    }
}
