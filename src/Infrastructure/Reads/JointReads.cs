using System.Collections;
using System.Collections.Concurrent;
using Mainstreet.Domain;

namespace Mainstreet.Infrastructure.Reads;

/// <summary>
/// Reads that wait for their turn and ask the same take one turn and one answer: a thousand readers of one page cost as many reads as
/// there are turns. Nobody is told less than by a read of their own, since it begins after all who share it have asked.
/// </summary>
internal sealed class JointReads
{
    private readonly ConcurrentDictionary<ReadKey, Lazy<Task<object>>> waiting = new();

    /// <summary>How many different reads wait.</summary>
    public int Waiting => waiting.Count;

    /// <param name="key">What is asked.</param>
    /// <param name="read">Waits for its turn, calls what it is handed when that has come, and reads: for all who have asked until then, so nobody's request ends it.</param>
    /// <param name="cancellationToken">Ends the waiting of this one only.</param>
    /// <returns>What everybody else who waited was handed too: not to be changed.</returns>
    public async Task<T> Join<T>(ReadKey key, Func<Action, Task<T>> read, CancellationToken cancellationToken) where T : class
    {
        Lazy<Task<object>> mine = null!;
        mine = new(() => Run(read, () => waiting.TryRemove(new(key, mine))));
        return (T)await waiting.GetOrAdd(key, mine).Value.WaitAsync(cancellationToken);
    }

    private static async Task<object> Run<T>(Func<Action, Task<T>> read, Action begun) where T : class
    {
        try
        {
            return await read(begun);
        }
        finally
        {
            begun(); // one that was never given a turn keeps nobody
        }
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
