using Mainstreet.Domain;

namespace Mainstreet.Application.Projections;

/// <summary>How far a rebuild has come (requirements 11.17).</summary>
public enum RebuildStatus
{
    Requested,
    Building,
    CatchingUp,
    Verifying,
    Ready,
    Switched,
    RolledBack,
    Canceled,
    Failed,
}

public enum RebuildSwitch
{
    /// <summary>As soon as it has caught up and was compared.</summary>
    Auto,

    /// <summary>When it is promoted.</summary>
    Manual,
}

/// <summary>
/// Whose projections a caller deals with: those of one business, or of all of them.
/// </summary>
/// <param name="Tenant">Null: every tenant.</param>
public sealed record ProjectionScope(TenantId? Tenant);

/// <summary>A projection, summed over the tenants of the scope.</summary>
/// <param name="Events">Events of the logs, of which <paramref name="Position"/> are folded.</param>
/// <param name="Lag">The age of the oldest event that is not folded yet; zero when there is none.</param>
/// <param name="Parked">Tenants in which an event stopped it.</param>
/// <param name="Rebuilding">Tenants in which a rebuild runs.</param>
public sealed record ProjectionState(
    string Name, int Version, bool Inline, int Tenants, long Position, long Events, TimeSpan Lag, int Parked, int Rebuilding);

/// <summary>A projection in one tenant.</summary>
public sealed record ProjectionLag(TenantId Tenant, long Position, long Head, TimeSpan Lag, DateTimeOffset? ParkedAt);

/// <summary>A rebuild, summed over the tenants it runs in.</summary>
/// <param name="Status">Of the tenant that is least far.</param>
/// <param name="Processed">Events folded, of <paramref name="Total"/>.</param>
/// <param name="Live">Rows that readers see and their checksum, when last compared; null before that.</param>
/// <param name="Built">The same of the built side.</param>
public sealed record Rebuild(
    Guid Id,
    string Projection,
    int Version,
    RebuildSwitch Switch,
    RebuildStatus Status,
    int Tenants,
    IReadOnlyDictionary<RebuildStatus, int> TenantsByStatus,
    long Processed,
    long Total,
    double EventsPerSecond,
    TimeSpan? Remaining,
    SideSum? Live,
    SideSum? Built,
    IReadOnlyList<RebuildFault> Errors,
    DateTimeOffset RequestedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    DateTimeOffset? RollbackUntil);

/// <param name="Checksum">Does not depend on the order of rows; equal sums mean equal rows.</param>
public sealed record SideSum(long Rows, string Checksum);

public sealed record RebuildFault(TenantId Tenant, string Error);

/// <summary>What differs between the live rows and the built ones, at the same position.</summary>
public sealed record RebuildDiff(Guid Id, long Position, int Changed, int Added, int Removed, IReadOnlyList<RowDiff> Rows);

/// <param name="Live">The row that readers see; null where only the built side has it.</param>
/// <param name="Built">The row of the built side; null where it is gone.</param>
public sealed record RowDiff(TenantId Tenant, System.Text.Json.JsonElement Key, System.Text.Json.JsonElement? Live, System.Text.Json.JsonElement? Built);

/// <summary>
/// Rebuilds of read models: a second generation of rows is folded from the log beside the live one, compared with it, and
/// becomes what readers see in one step (INT-10, D17).
/// </summary>
public interface IRebuilds
{
    Task<IReadOnlyList<ProjectionState>> Projections(ProjectionScope scope, CancellationToken cancellationToken);

    /// <summary>The tenants in which the projection is parked or furthest behind, at most 100. Errors: not_found (404).</summary>
    Task<IReadOnlyList<ProjectionLag>> Tenants(string projection, ProjectionScope scope, CancellationToken cancellationToken);

    /// <summary>Errors: not_found (404), rebuild_running (409) when no tenant of the scope can begin one.</summary>
    Task Start(Guid id, string projection, ProjectionScope scope, RebuildSwitch how, CancellationToken cancellationToken);

    /// <summary>Errors: not_found (404).</summary>
    Task<Rebuild> Get(Guid id, string projection, ProjectionScope scope, CancellationToken cancellationToken);

    /// <summary>The first rows that differed when both sides were compared. Errors: not_found (404), rebuild_not_ready (409).</summary>
    Task<RebuildDiff> Diff(Guid id, string projection, ProjectionScope scope, CancellationToken cancellationToken);

    /// <summary>Errors: not_found (404), illegal_transition (409).</summary>
    Task Ask(RebuildRequest request, Guid id, string projection, ProjectionScope scope, CancellationToken cancellationToken);
}

/// <summary>What can be asked of a rebuild that was started.</summary>
public enum RebuildRequest
{
    /// <summary>Readers see the built rows as soon as they have caught up.</summary>
    Promote,

    /// <summary>It ends, and what it built is dropped.</summary>
    Cancel,

    /// <summary>Readers see the rows from before the switch again, brought up to date.</summary>
    RollBack,
}
