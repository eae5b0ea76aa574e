using Mainstreet.Application;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Messaging;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Webhooks;

/// <summary>Ends the run of a message whose effects are rows and not events: in one commit the message gives way to what follows from it.</summary>
internal sealed class RunCommit(NpgsqlDataSource database, RequestContext context, MessageTypes types, MessageSignal signal)
{
    public async Task Write(IReadOnlyList<NpgsqlBatchCommand> changes, IReadOnlyList<PlannedMessage> messages)
    {
        context.BeginCommit();
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { TenantSql.Set(context.Tenant) } };
        foreach (var change in changes)
        {
            batch.BatchCommands.Add(change);
        }

        if (context.Message is { } running)
        {
            batch.BatchCommands.Add(MessageSql.Complete(running));
        }

        batch.BatchCommands.Add(MessageSql.Insert(context.Tenant, messages, types, CommitWriter.Metadata(context)));
        try
        {
            await batch.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (PostgresException e) when (e.SqlState is SqlStates.Fenced)
        {
            throw new FencedException(e);
        }

        context.EndCommit();
        signal.Inserted(messages, types);
    }
}
