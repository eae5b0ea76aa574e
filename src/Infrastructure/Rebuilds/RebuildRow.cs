using Mainstreet.Application.Projections;
using Mainstreet.Domain;

namespace Mainstreet.Infrastructure.Rebuilds;

/// <summary>What the worker is to reach.</summary>
internal enum RebuildGoal
{
    /// <summary>A generation beside the live one, compared with it.</summary>
    Compare,

    /// <summary>That readers see the built generation.</summary>
    Switch,

    /// <summary>That readers see the previous generation again.</summary>
    RollBack,

    /// <summary>The view as it was at a position, kept for a while for readers of the past.</summary>
    Keep,
}

/// <summary>A row of the table rebuilds, as far as work needs it.</summary>
internal sealed record RebuildRow(
    Guid TenantId, Guid RebuildId, string View, int Generation, int Previous, RebuildGoal Goal, RebuildStatus Status, long Position, int Attempt,
    Guid? RequestedBy, long? UpTo, Guid? ErasureId)
{
    /// <summary>The columns that make such a record.</summary>
    public const string Columns = "tenant_id, rebuild_id, view, generation, previous, goal, status, position, attempt, requested_by, up_to, erasure_id";

    public TenantId Tenant => new(TenantId);

    /// <summary>Whether the rows from before hold what was erased: they are neither compared nor kept.</summary>
    public bool Forgets => ErasureId is not null;

    /// <summary>Somebody waits for it, to read the past or to be forgotten: claimed before the others, however many are held.</summary>
    public bool IsUrgent => Goal == RebuildGoal.Keep || Forgets;

    /// <summary>The generation that is worked on.</summary>
    public int Target => Goal == RebuildGoal.RollBack ? Previous : Generation;
}
