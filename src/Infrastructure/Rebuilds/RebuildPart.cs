using Mainstreet.Application.Projections;

namespace Mainstreet.Infrastructure.Rebuilds;

/// <summary>A rebuild in one tenant, as it is shown.</summary>
internal sealed record RebuildPart(
    Guid TenantId, Guid RebuildId, string Switch, RebuildStatus Status, long Position, long Total, long? ComparedAt, long? RowsLive, long? RowsBuilt,
    string? ChecksumLive, string? ChecksumBuilt, string? Error, DateTimeOffset RequestedAt, DateTimeOffset? StartedAt, DateTimeOffset? UpdatedAt,
    DateTimeOffset? FinishedAt, DateTimeOffset? DropAt, StoredDiff? Diff)
{
    public const string Columns = """
        tenant_id, rebuild_id, switch, status, position, total, compared_at, rows_live, rows_built, checksum_live, checksum_built, error, requested_at, started_at,
        updated_at, finished_at, drop_at, diff
        """;

    /// <summary>A fault's first line is what it was; the rest is for the log.</summary>
    private const int ShownError = 500;

    private const int ShownErrors = 20;

    public static Rebuild Sum(List<RebuildPart> parts, string projection, int version)
    {
        var status = parts.Min(part => part.Status);
        var (processed, total) = (parts.Sum(part => part.Position), parts.Sum(part => part.Total));
        var started = parts.Min(part => part.StartedAt);
        var seconds = started is { } from ? (parts.Max(part => part.UpdatedAt ?? from) - from).TotalSeconds : 0;
        var rate = seconds > 0 ? processed / seconds : 0;
        return new(
            parts[0].RebuildId, projection, version, parts[0].Switch == "auto" ? RebuildSwitch.Auto : RebuildSwitch.Manual, status, parts.Count,
            parts.GroupBy(part => part.Status).ToDictionary(group => group.Key, group => group.Count()),
            processed, total, rate, rate > 0 && status < RebuildStatus.Ready ? TimeSpan.FromSeconds(Math.Max(0, total - processed) / rate) : null,
            Side(parts, part => part.RowsLive, part => part.ChecksumLive), Side(parts, part => part.RowsBuilt, part => part.ChecksumBuilt),
            [.. parts.Where(part => part.Error is not null).Take(ShownErrors).Select(part => new RebuildFault(new(part.TenantId), FirstLine(part.Error!)))],
            parts[0].RequestedAt, started, parts.TrueForAll(part => part.FinishedAt is not null) ? parts.Max(part => part.FinishedAt) : null,
            parts.TrueForAll(part => part.Status == RebuildStatus.Switched) ? parts.Min(part => part.DropAt) : null);
    }

    private static SideSum? Side(List<RebuildPart> parts, Func<RebuildPart, long?> rows, Func<RebuildPart, string?> checksum) =>
        parts.TrueForAll(part => rows(part) is not null)
            ? new(parts.Sum(part => rows(part)!.Value), parts.Aggregate(System.Numerics.BigInteger.Zero, (sum, part) => sum + System.Numerics.BigInteger.Parse(checksum(part)!, System.Globalization.CultureInfo.InvariantCulture)).ToString(System.Globalization.CultureInfo.InvariantCulture))
            : null;

    private static string FirstLine(string error) => error.Split('\n', 2)[0] is var line && line.Length > ShownError ? line[..ShownError] : error.Split('\n', 2)[0];
}
