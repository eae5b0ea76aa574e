using Mainstreet.Infrastructure.Projections;

namespace Mainstreet.Infrastructure.Rebuilds;

/// <summary>
/// A rebuild of one tenant's view that this process works on: how far it is, and the rows as it left them, so that a fold
/// from the beginning of a log never reads what it wrote itself.
/// </summary>
/// <param name="row">What is to be done.</param>
/// <param name="table">Of which view.</param>
/// <param name="lease">For how long it is this process's after each step, by the wall clock.</param>
internal sealed class GenerationBuild(RebuildRow row, ViewTable table, TimeSpan lease)
{
    /// <summary>Rows that are kept in memory for one rebuild at most.</summary>
    private const int MaxRows = 100_000;

    private readonly Dictionary<ViewKey, ViewRow> rows = [];
    private bool holdsAll = row.Position == 0;

    public RebuildRow Row => row;

    public ViewTable Table => table;

    public TimeSpan Lease => lease;

    public long Position { get; private set; } = row.Position;

    public long Head { get; private set; }

    /// <summary>Whether nothing was left to fold when it was last looked at.</summary>
    public bool CaughtUp { get; private set; }

    /// <summary>The keys of rows that only the database knows.</summary>
    public ViewKey[] Unknown(ViewFold fold) => holdsAll ? [] : [.. fold.Keys.Where(key => !rows.ContainsKey(key))];

    public ViewRow? Find(ViewKey key) => rows.GetValueOrDefault(key);

    public void Remember(IEnumerable<ViewRow> read)
    {
        foreach (var known in read)
        {
            rows[known.Key] = known;
        }
    }

    /// <summary>What was folded is stored.</summary>
    public void Advanced(long position, long head, bool caughtUp, IReadOnlyCollection<ViewRow> changed)
    {
        (Position, Head, CaughtUp) = (position, head, caughtUp);
        Remember(changed);
        if (rows.Count > MaxRows)
        {
            rows.Clear();
            holdsAll = false;
        }
    }
}
