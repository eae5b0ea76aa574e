namespace Mainstreet.Application;

/// <summary>
/// What every command answers: the version of its main stream, and the position in the tenant's log up to which a reader
/// must have read to see the effect (D15). It is stored with the commit, so a repeated request gets the same answer.
/// </summary>
/// <param name="Version">The version of the main stream after the commit; 0 where a command has no main stream.</param>
public record Committed(int Version)
{
    /// <summary>Filled in by the commit.</summary>
    public long Position { get; init; }
}
