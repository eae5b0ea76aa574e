using System.Globalization;
using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.Reads;

/// <summary>Finds the position of a moment: positions and times rise together, so it is a search by halves.</summary>
internal static class Moments
{
    /// <param name="connection">On which the tenant is set, for the length of its transaction.</param>
    /// <param name="moment">Keeps what is found for later reads of the request.</param>
    /// <param name="subjects">The things that the first read names; a version is of one of them.</param>
    /// <returns>0 where there was nothing yet. Errors: version_not_found (404).</returns>
    public static async Task<long> PositionOf(
        NpgsqlConnection connection, TenantId tenant, Moment moment, IReadOnlyCollection<Guid> subjects, CancellationToken cancellationToken)
    {
        moment.Position ??= moment.Time is { } time
            ? await AtTime(connection, time, cancellationToken)
            : await AtVersion(connection, tenant, moment, subjects, cancellationToken);
        return moment.Position.Value;
    }

    private static async Task<long> AtTime(NpgsqlConnection connection, DateTimeOffset time, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select position_at($1)", connection)
        {
            Parameters = { new() { Value = time.ToUniversalTime(), NpgsqlDbType = NpgsqlDbType.TimestampTz } },
        };
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<long> AtVersion(
        NpgsqlConnection connection, TenantId tenant, Moment moment, IReadOnlyCollection<Guid> subjects, CancellationToken cancellationToken)
    {
        var version = moment.Version!.Value;
        await using var command = new NpgsqlCommand(
            """
            select max(version), max(position) filter (where version = $3), max(recorded_at) filter (where version = $3) from events where tenant_id = $1 and stream_id = any ($2)
            """, connection)
        {
            Parameters = { new() { Value = tenant.Value }, new() { Value = subjects.ToArray() }, new() { Value = version } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        moment.RecordedAt = reader.IsDBNull(1) ? null : await reader.GetFieldValueAsync<DateTimeOffset>(2, cancellationToken);
        return reader.IsDBNull(0) ? 0
            : !reader.IsDBNull(1) ? reader.GetInt64(1)
            : throw new DomainException(new(
                "version_not_found", string.Create(CultureInfo.InvariantCulture, $"There is no version {version}; the present one is {reader.GetInt32(0)}."), ErrorKind.NotFound,
                new Dictionary<string, object?>(StringComparer.Ordinal) { ["current_version"] = reader.GetInt32(0) }));
    }
}
