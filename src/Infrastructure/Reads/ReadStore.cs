using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Messaging;
using Mainstreet.Infrastructure.Projections;
using Mainstreet.Infrastructure.Subscriptions;
using Mainstreet.Infrastructure.Tenancy;
using Mainstreet.Infrastructure.Webhooks;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Mainstreet.Infrastructure.Reads;

/// <inheritdoc />
internal sealed partial class ReadStore(
    TenantShares shares, JointReads joint, IOptions<ReadOptions> options, RequestContext context, ViewCatalog views, IEnumerable<IPolicy> policies, Checkpoints checkpoints, PastReads past) : IReadStore
{
    /// <summary>How often a read that waits looks by itself, for checkpoints that another process moves.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private static readonly ConcurrentDictionary<string, string[]> ViewsOfSql = new(StringComparer.Ordinal);

    public async Task<T?> Find<T>(string sql, object? parameters, CancellationToken cancellationToken) where T : class =>
        (await List<T>(sql, parameters, cancellationToken)) is [var first, ..] ? first : null;

    public async Task<IReadOnlyList<T>> List<T>(string sql, object? parameters, CancellationToken cancellationToken)
    {
        var names = ViewsOfSql.GetOrAdd(sql, static text => [.. ViewName().Matches(text).Select(match => match.Groups["name"].Value).Distinct(StringComparer.Ordinal)]);
        if (context.AsOf is not null)
        {
            return await past.List<T>(context, sql, parameters, names, cancellationToken);
        }

        var subscriptions = names
            .SelectMany(SubscriptionsOf)
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var moved = checkpoints.Moved(context.Tenant);
            var (position, version, rows) = await Query<T>(sql, parameters, subscriptions, cancellationToken);
            if (rows is not null)
            {
                (context.ProjectionPosition, context.ProjectionVersion) = (position, version);
                return rows;
            }

            var left = context.Wait - Stopwatch.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
            {
                throw Lagging(context.MinPosition!.Value, position);
            }

            await Task.WhenAny(moved, Task.Delay(left < Look ? left : Look, TimeProvider.System, cancellationToken));
        }
    }

    /// <summary>
    /// Rows are null where the projections are behind the position asked for: what is not there yet may not even fit. A read that has to wait for a
    /// connection is shared with those that ask the same, unless it asks for a position.
    /// </summary>
    private async Task<Answer<T>> Query<T>(string sql, object? parameters, string[] subscriptions, CancellationToken cancellationToken)
    {
        var query = new NpgsqlBatchCommand(views.Own(sql));
        SqlParameters.AddTo(query.Parameters, parameters);
        var (tenant, position) = (context.Tenant, context.MinPosition);
        if (position is null && !shares.HasRoom(tenant))
        {
            var key = new ReadKey(tenant, sql, [.. query.Parameters.Select(parameter => parameter.Value)], typeof(T));
            return await joint.Join(key, (begun, left) => Query<T>(tenant, query, subscriptions, minPosition: null, begun, left), cancellationToken);
        }

        return await Query<T>(tenant, query, subscriptions, position, begun: null, cancellationToken);
    }

    private async Task<Answer<T>> Query<T>(
        TenantId tenant, NpgsqlBatchCommand query, string[] subscriptions, long? minPosition, Action? begun, CancellationToken cancellationToken)
    {
        await using var shared = await shares.Open(tenant, cancellationToken);
        begun?.Invoke();
        await using var batch = new NpgsqlBatch(shared.Connection)
        {
            // the position is read first: rows may be newer than it says, never older
            BatchCommands = { TenantSql.SetForQuery(tenant, options.Value.ReadTimeout), Checkpoints.SelectLowest(tenant, subscriptions), query },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var (position, version) = (reader.GetInt64(0), reader.GetString(1));
        if (subscriptions.Length > 0 && position < minPosition)
        {
            return new(position, version, Rows: null);
        }

        await reader.NextResultAsync(cancellationToken);
        return new(position, version, await reader.ReadAll<T>(cancellationToken));
    }

    private sealed record Answer<T>(long Position, string Version, List<T>? Rows);

    private IEnumerable<string> SubscriptionsOf(string name) => name switch
    {
        WebhookOutlet.Table => [WebhookOutlet.Subscription],
        ScheduledMessages.Table => policies.Select(PolicySubscription.NameOf),
        _ => [(views.Named(name) ?? throw new InvalidOperationException($"There is no view {name}.")).Kept.Name],
    };

    private static UnavailableException Lagging(long wanted, long position) => new(
        "projection_lagging", "The read model has not reached the position asked for.", TimeSpan.FromSeconds(1),
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["min_position"] = wanted, ["position"] = position, ["lag"] = wanted - position });

    [GeneratedRegex($@"\brm\.(?<name>[a-z0-9_]+)|\b(?<name>{WebhookOutlet.Table}|{ScheduledMessages.Table})\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ViewName();
}
