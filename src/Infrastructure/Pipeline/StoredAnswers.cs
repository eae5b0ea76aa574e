using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.Pipeline;

/// <summary>The answers of commands, found by command id.</summary>
internal sealed class StoredAnswers(NpgsqlDataSource database)
{
    /// <summary>
    /// The answer that was given before, as a function that returns it or throws the stored refusal; null when the command
    /// is new. Errors: idempotency_key_reused (422) when the same key came with another request.
    /// </summary>
    public async Task<Func<TResponse>?> Find<TResponse>(RequestContext context, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                TenantSql.Set(context.Tenant),
                new("select fingerprint, position, result, error from commands where tenant_id = $1 and command_id = $2")
                {
                    Parameters = { new() { Value = context.Tenant.Value }, new() { Value = context.CommandId!.Value } },
                },
            },
        };
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        if (!await reader.ReadAsync(cancellationToken))
        {
            return null;
        }

        if (context.Fingerprint is { } fingerprint && (reader.IsDBNull(0) || !fingerprint.AsSpan().SequenceEqual(reader.GetFieldValue<byte[]>(0))))
        {
            throw new DomainException(new("idempotency_key_reused", "This Idempotency-Key was used for another request."));
        }

        context.Replayed = true;
        if (!reader.IsDBNull(3))
        {
            var error = JsonSerializer.Deserialize<DomainError>(reader.GetString(3), StoredJson.Options)!;
            return () => throw new DomainException(error);
        }

        var answer = (Committed)(object)JsonSerializer.Deserialize<TResponse>(reader.GetString(2), StoredJson.Options)!;
        answer = answer with { Position = reader.GetInt64(1) };
        return () => (TResponse)(object)answer;
    }

    /// <summary>Remembers the answer of a command that wrote no events. False: a twin was first and keeps its own.</summary>
    public async Task<bool> Store(RequestContext context, object answer)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        var json = JsonSerializer.Serialize(answer, answer.GetType(), StoredJson.Options);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                TenantSql.Set(context.Tenant),
                new("""
                    insert into commands (tenant_id, command_id, fingerprint, position, result, error)
                    values ($1, $2, $3, coalesce((select max(position) from events where tenant_id = $1), 0), $4, $5)
                    on conflict on constraint commands_id do nothing
                    """)
                {
                    Parameters =
                    {
                        new() { Value = context.Tenant.Value },
                        new() { Value = context.CommandId!.Value },
                        new() { Value = context.Fingerprint!, NpgsqlDbType = NpgsqlDbType.Bytea },
                        new() { Value = answer is DomainError ? DBNull.Value : json, NpgsqlDbType = NpgsqlDbType.Jsonb },
                        new() { Value = answer is DomainError ? json : DBNull.Value, NpgsqlDbType = NpgsqlDbType.Json },
                    },
                },
            },
        };
        return await batch.ExecuteNonQueryAsync(CancellationToken.None) == 1;
    }
}
