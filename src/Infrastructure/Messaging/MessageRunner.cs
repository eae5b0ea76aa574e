using System.Collections.Concurrent;
using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Application.Businesses;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Infrastructure.EventStore;
using Mainstreet.Infrastructure.Tenancy;
using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.Messaging;

/// <summary>How a run of a message ended.</summary>
internal enum MessageOutcome
{
    Succeeded,
    Retrying,
    DeadLettered,
}

/// <summary>
/// Runs one claimed message as its command, in the tenant's scope: the same handler that HTTP reaches. The removal of the
/// message is part of the command's commit. Five attempts, then a dead letter (INT-02); a refusal by the domain is never
/// tried again.
/// </summary>
internal sealed class MessageRunner(IServiceScopeFactory scopes, NpgsqlDataSource database, MessageTypes types, IBusinessStates states, ILogger<MessageRunner> logger)
{
    private const int Attempts = 5;
    private static readonly TimeSpan UnavailableDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LockedDelay = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Forever = TimeSpan.FromDays(36_500);
    private static readonly TimeSpan UnknownDelay = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, byte> unknown = new(StringComparer.Ordinal);

    public async Task<MessageOutcome> Run(ClaimedMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var context = scope.ServiceProvider.GetRequiredService<RequestContext>();
            var cause = JsonSerializer.Deserialize<EventMetadata>(message.Metadata, StoredJson.Options)!;
            context.CorrelationId = cause.CorrelationId;
            context.CausationId = message.MessageId;
            context.TraceParent = cause.TraceParent;
            context.CommandId = Uuid.Named("message", message.MessageId.ToString(), message.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture));
            context.Message = message;
            context.Purpose = types.PurposeOf(message.Type);
            if (await states.Of(message.Tenant, cancellationToken) is var status && !status.Allows(context.Purpose))
            {
                return await Wait(message, status);
            }

            await scope.ServiceProvider.GetRequiredService<ITenantScope>().Open(message.Tenant, Actor.System, cancellationToken);
            using var activity = Telemetry.Activities.StartActivity("message " + message.Type);
            await scope.ServiceProvider.GetRequiredService<IMediator>().Send(types.Deserialize(message.Type, message.Body), cancellationToken);
            if (!context.HasCommitted)
            {
                await Execute(message.Tenant, MessageSql.Complete(message));
            }

            return MessageOutcome.Succeeded;
        }
        catch (FencedException)
        {
            return MessageOutcome.Succeeded; // another attempt took it over, and committed or will
        }
        catch (UnavailableException e)
        {
            await Postpone(message, e.RetryAfter < LongestPause ? e.RetryAfter : LongestPause, MessageFaults.Text(e));
            return MessageOutcome.Retrying;
        }
        catch (Exception e) when (e.IsOfTheServer())
        {
            await Postpone(message, e is PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } ? Backoff(message.Attempt) : UnavailableDelay, MessageFaults.Text(e));
            return MessageOutcome.Retrying;
        }
        catch (DomainException e) when (e.Error.Kind is ErrorKind.Locked)
        {
            return await Wait(message, await states.Of(message.Tenant, cancellationToken));
        }
        catch (UnknownTypeException e)
        {
            if (unknown.TryAdd(e.Message, 0))
            {
                logger.LogWarning("{Reason} Messages such as {Message} ({Type}) wait for a release that does", e.Message, message.MessageId, message.Type);
            }

            await Postpone(message, UnknownDelay, e.Message);
            return MessageOutcome.Retrying;
        }
        catch (Exception e)
        {
            return await Fail(message, e);
        }
    }

    /// <summary>What takes the database too long each time holds its place for ever shorter parts of the time.</summary>
    private static TimeSpan Backoff(int attempt)
    {
        var delay = UnavailableDelay * Math.Pow(2, Math.Min(attempt, 10));
        return delay < LongestPause ? delay : LongestPause;
    }

    /// <summary>A suspended business's messages wait for it, and whatever ends that wakes them. A closed one's are kept, and nobody runs them.</summary>
    private async Task<MessageOutcome> Wait(ClaimedMessage message, BusinessStatus status)
    {
        await Postpone(message, status is BusinessStatus.Closed ? Forever : LockedDelay);
        return MessageOutcome.Retrying;
    }

    private async Task<MessageOutcome> Fail(ClaimedMessage message, Exception e)
    {
        var error = MessageFaults.Text(e);
        if (e is DomainException { Error.Kind: not ErrorKind.Busy } || message.Failures + 1 >= Attempts)
        {
            var again = MessageSql.RunAgain(message, error);
            await Execute(message.Tenant, DeadLetterSql.Bury(message, error), again);
            if (again.RecordsAffected > 0)
            {
                logger.LogWarning(e, "Message {Message} ({Type}) of tenant {Tenant} failed, and runs once more as asked", message.MessageId, message.Type, message.Tenant);
                return MessageOutcome.Retrying;
            }

            logger.LogError(e, "Message {Message} ({Type}) of tenant {Tenant} is a dead letter", message.MessageId, message.Type, message.Tenant);
            return MessageOutcome.DeadLettered;
        }

        var delay = TimeSpan.FromSeconds(Math.Pow(2, message.Failures) * (0.9 + (0.2 * Random.Shared.NextDouble())));
        logger.LogWarning(e, "Message {Message} ({Type}) of tenant {Tenant} failed; next attempt in {Delay}", message.MessageId, message.Type, message.Tenant, delay);
        await Execute(message.Tenant, new NpgsqlBatchCommand("""
            update messages set failures = failures + 1, last_error = $4, leased_until = null, due_at = tenant_now() + $5, visible_at = visible_from(tenant_now() + $5)
             where tenant_id = $1 and message_id = $2 and attempt = $3
            """)
        {
            Parameters =
            {
                new() { Value = message.Tenant.Value }, new() { Value = message.MessageId }, new() { Value = message.Attempt },
                new() { Value = error }, new() { Value = delay },
            },
        });
        return MessageOutcome.Retrying;
    }

    /// <summary>Not the message's fault: it is seen again soon, by the wall clock, and no attempt is counted.</summary>
    private Task Postpone(ClaimedMessage message, TimeSpan delay, string? shown = null) =>
        Execute(message.Tenant, new NpgsqlBatchCommand("""
            update messages set leased_until = null, visible_at = clock_timestamp() + $4, last_error = coalesce($5, last_error)
             where tenant_id = $1 and message_id = $2 and attempt = $3
            """)
        {
            Parameters =
            {
                new() { Value = message.Tenant.Value }, new() { Value = message.MessageId }, new() { Value = message.Attempt }, new() { Value = delay },
                new() { Value = (object?)shown ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            },
        });

    /// <summary>In one transaction.</summary>
    private async Task Execute(TenantId tenant, params NpgsqlBatchCommand[] commands)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { TenantSql.Set(tenant) } };
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
