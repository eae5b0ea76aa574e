using System.Collections;
using Mainstreet.Domain;

namespace Mainstreet.Infrastructure.Reads;

/// <summary>
/// Reads that wait for their turn and ask the same take one turn and one answer: a thousand readers of one page cost as many reads as
/// there are turns. Nobody is told less than by a read of their own, since it begins after all who share it have asked.
/// </summary>
internal sealed class JointReads
{
    private readonly Dictionary<ReadKey, Turn> waiting = [];

    /// <summary>How many different reads wait.</summary>
    public int Waiting
    {
        get
        {
            lock (waiting)
            {
                return waiting.Count;
            }
        }
    }

    /// <param name="key">What is asked.</param>
    /// <param name="read">Waits for its turn, calls what it is handed when that has come, and reads for all who have asked until then; it ends early when all of them have given up.</param>
    /// <param name="cancellationToken">Ends the waiting of this one only.</param>
    /// <returns>What everybody else who waited was handed too: not to be changed.</returns>
    public async Task<T> Join<T>(ReadKey key, Func<Action, CancellationToken, Task<T>> read, CancellationToken cancellationToken) where T : class
    {
        var turn = Enter(key, read);
        try
        {
            return (T)await turn.Answer.Value.WaitAsync(cancellationToken);
        }
        finally
        {
            if (Leave(key, turn))
            {
                await turn.Left.CancelAsync();
                turn.Left.Dispose();
            }
        }
    }

    private Turn Enter<T>(ReadKey key, Func<Action, CancellationToken, Task<T>> read) where T : class
    {
        lock (waiting)
        {
            if (!waiting.TryGetValue(key, out var turn))
            {
                turn = new(mine => Run(read, () => Begin(key, mine), mine.Left.Token));
                waiting.Add(key, turn);
            }

            turn.Asked++;
            return turn;
        }
    }

    /// <summary>Who asks from now on is another's turn.</summary>
    private void Begin(ReadKey key, Turn turn)
    {
        lock (waiting)
        {
            if (waiting.TryGetValue(key, out var present) && present == turn)
            {
                waiting.Remove(key);
            }
        }
    }

    /// <summary>Whether that was the last one.</summary>
    private bool Leave(ReadKey key, Turn turn)
    {
        lock (waiting)
        {
            if (--turn.Asked > 0)
            {
                return false;
            }

            Begin(key, turn);
            return true;
        }
    }

    private static async Task<object> Run<T>(Func<Action, CancellationToken, Task<T>> read, Action begun, CancellationToken cancellationToken) where T : class
    {
        try
        {
            return await read(begun, cancellationToken);
        }
        finally
        {
            begun(); // one that was never given a turn keeps nobody
        }
    }

    private sealed class Turn
    {
        public Turn(Func<Turn, Task<object>> read) => Answer = new(() => read(this));

        /// <summary>Begun by the first one who waits for it.</summary>
        public Lazy<Task<object>> Answer { get; }

        public CancellationTokenSource Left { get; } = new();

        public int Asked { get; set; }
    }
}

/// <summary>What a read asks: equal ones are answered alike.</summary>
/// <param name="Sql">The text.</param>
/// <param name="Values">Of its parameters, in the order in which they occur.</param>
/// <param name="Row">What rows are read as.</param>
internal sealed record ReadKey(TenantId Tenant, string Sql, object?[] Values, Type Row)
{
    public bool Equals(ReadKey? other) =>
        other is not null && (Tenant, Row) == (other.Tenant, other.Row) && string.Equals(Sql, other.Sql, StringComparison.Ordinal)
        && StructuralComparisons.StructuralEqualityComparer.Equals(Values, other.Values);

    public override int GetHashCode() =>
        HashCode.Combine(Tenant, Row, Sql, StructuralComparisons.StructuralEqualityComparer.GetHashCode(Values));
}
