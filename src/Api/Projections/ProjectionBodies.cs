using System.Text.Json;
using Mainstreet.Application.Projections;

namespace Mainstreet.Api.Projections;

internal sealed record ProjectionListBody(ProjectionBody[] Data);

/// <param name="Inline">Written in the commit itself, so never behind.</param>
/// <param name="State">live, rebuilding or parked</param>
/// <param name="Tenants">Businesses with a log.</param>
/// <param name="Position">Events folded, of <paramref name="Head"/>: over all of them.</param>
/// <param name="LagMs">The age of the oldest event that is not folded yet.</param>
/// <param name="ParkedEvents">Businesses in which an event stopped it.</param>
internal sealed record ProjectionBody(
    string Name, int Version, bool Inline, string State, int Tenants, long Position, long Head, long LagMs, int ParkedEvents)
{
    public static ProjectionBody Of(ProjectionState state) => new(
        state.Name, state.Version, state.Inline, state.Parked > 0 ? "parked" : state.Rebuilding > 0 ? "rebuilding" : "live", state.Tenants, state.Position,
        state.Events, (long)state.Lag.TotalMilliseconds, state.Parked);
}

/// <param name="Tenants">Those in which it is parked or furthest behind, at most 100.</param>
internal sealed record ProjectionDetailBody(ProjectionBody Projection, TenantLagBody[] Tenants);

internal sealed record TenantLagBody(Guid TenantId, long Position, long Head, long LagMs, DateTimeOffset? ParkedAt)
{
    public static TenantLagBody Of(ProjectionLag lag) => new(lag.Tenant.Value, lag.Position, lag.Head, (long)lag.Lag.TotalMilliseconds, lag.ParkedAt);
}

/// <param name="Status">Of the business that is least far.</param>
/// <param name="TenantsByStatus">How many businesses are in which status.</param>
/// <param name="Processed">Events folded, of <paramref name="Total"/>.</param>
/// <param name="EtaSeconds">Left out when it is not at work.</param>
/// <param name="Live">What readers see, when both sides were last compared at the same position.</param>
/// <param name="Built">What was built, at that position. Equal checksums mean equal rows.</param>
/// <param name="RollbackUntil">Until when the rows from before the switch are kept.</param>
internal sealed record RebuildBody(
    Guid Id,
    string Projection,
    int Version,
    RebuildSwitch Switch,
    RebuildStatus Status,
    int Tenants,
    Dictionary<string, int> TenantsByStatus,
    long Processed,
    long Total,
    decimal Percent,
    decimal EventsPerSecond,
    long? EtaSeconds,
    SideSum? Live,
    SideSum? Built,
    RebuildFaultBody[] Errors,
    DateTimeOffset RequestedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? FinishedAt,
    DateTimeOffset? RollbackUntil)
{
    public static RebuildBody Of(Rebuild rebuild) => new(
        rebuild.Id, rebuild.Projection, rebuild.Version, rebuild.Switch, rebuild.Status, rebuild.Tenants,
        rebuild.TenantsByStatus.ToDictionary(pair => JsonNamingPolicy.SnakeCaseLower.ConvertName(pair.Key.ToString()), pair => pair.Value, StringComparer.Ordinal),
        rebuild.Processed, rebuild.Total, rebuild.Total == 0 ? 100 : decimal.Round(100m * Math.Min(rebuild.Processed, rebuild.Total) / rebuild.Total, 1),
        decimal.Round((decimal)rebuild.EventsPerSecond, 1), (long?)rebuild.Remaining?.TotalSeconds, rebuild.Live, rebuild.Built,
        [.. rebuild.Errors.Select(fault => new RebuildFaultBody(fault.Tenant.Value, fault.Error))],
        rebuild.RequestedAt, rebuild.StartedAt, rebuild.FinishedAt, rebuild.RollbackUntil);
}

internal sealed record RebuildFaultBody(Guid TenantId, string Error);

/// <param name="Position">Where both sides were compared.</param>
/// <param name="Rows">The first hundred that differ.</param>
internal sealed record RebuildDiffBody(Guid Id, long Position, int Changed, int Added, int Removed, RowDiffBody[] Rows)
{
    public static RebuildDiffBody Of(RebuildDiff diff) => new(
        diff.Id, diff.Position, diff.Changed, diff.Added, diff.Removed, [.. diff.Rows.Select(row => new RowDiffBody(row.Tenant.Value, row.Key, row.Live, row.Built))]);
}

/// <param name="Key">The values of the row's key.</param>
/// <param name="Live">What readers see; left out where only the built side has the row.</param>
/// <param name="Built">What was built; left out where the row is gone.</param>
internal sealed record RowDiffBody(Guid TenantId, JsonElement Key, JsonElement? Live, JsonElement? Built);
