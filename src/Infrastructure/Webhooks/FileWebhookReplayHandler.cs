using Mainstreet.Application;
using Mainstreet.Application.Webhooks;
using Mainstreet.Domain;
using Mainstreet.Domain.Webhooks;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Messaging;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Tenancy;
using MediatR;
using Npgsql;

namespace Mainstreet.Infrastructure.Webhooks;

/// <summary>
/// One stretch of a replay in one commit with the message for the next one, so whatever is killed goes on where it was. Sending is the
/// endpoint's own run, as for any delivery.
/// </summary>
internal sealed class FileWebhookReplayHandler(
    NpgsqlDataSource database, RequestContext context, LogReader log, EventRegistry registry, RunCommit commit) : IRequestHandler<FileWebhookReplay, Committed>
{
    private const int AtOnce = 500;

    public async Task<Committed> Handle(FileWebhookReplay command, CancellationToken cancellationToken)
    {
        if (await Find(command.ReplayId, cancellationToken) is not { } run)
        {
            return new Committed(0);
        }

        var (events, upTo) = await Read(run, cancellationToken);
        events.RemoveAll(envelope => !run.Settings.Wants(envelope.PublicType, new EventData(envelope).Read));
        PlannedMessage[] messages =
        [
            new(Uuid.New(), new DeliverWebhooks(run.Endpoint), DueAt: null, DeliverWebhooks.DedupeKey(run.Endpoint), Target: null),
            .. upTo < run.To ? [new(Uuid.New(), command, DueAt: null, FileWebhookReplay.DedupeKey(command.ReplayId), Target: null)] : Array.Empty<PlannedMessage>(),
        ];
        await commit.Write([ReplaySql.File(context.Tenant, command.ReplayId, run.Position, upTo, events, run.Settings.Payload)], messages);
        return new Committed(0);
    }

    private async Task<Run?> Find(WebhookReplayId replay, CancellationToken cancellationToken) =>
        await database.Rows<Run>(context.Tenant, ReplaySql.Select(context.Tenant, replay), cancellationToken) is [var run] ? run : null;

    /// <summary>The next events of the types that are meant for the endpoint, and how far was looked.</summary>
    private async Task<(List<EventEnvelope> Events, long UpTo)> Read(Run run, CancellationToken cancellationToken)
    {
        string[] except = [.. registry.All.Where(kind => kind.Internal || !run.Wants(EventEnvelope.PublicTypeOf(kind.Name))).Select(kind => kind.Name)];
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { TenantSql.Set(context.Tenant), LogReader.SelectBetween(context.Tenant, run.Position, run.To, except, AtOnce) },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var events = await log.Read(reader, context.Tenant, cancellationToken);
        return (events, events.Count < AtOnce ? run.To : events[^1].Position);
    }

    private sealed record Run(WebhookEndpointId Endpoint, long Position, long To, string[]? Types, WebhookEndpointSettings Settings)
    {
        public bool Wants(string publicType) => Settings.Matches(publicType) && (Types is null || EventTypePattern.AnyMatches(Types, publicType));
    }
}
