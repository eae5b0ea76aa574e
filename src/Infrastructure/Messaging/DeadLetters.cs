using System.Text.Json;
using Mainstreet.Application;
using Mainstreet.Application.Messages;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.Messaging;

/// <inheritdoc />
internal sealed class DeadLetters(NpgsqlDataSource database, RequestContext context, MessageTypes types, MessageSteps steps) : IDeadLetters
{
    public async Task<IReadOnlyList<DeadLetter>> List(ListDeadLetters query, (DateTimeOffset DiedAt, Guid Id)? after, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select * from dead_letters_in($1, $2, $3, $4, $5, $6, $7)");
        Add(query.Scope.Tenant?.Value, NpgsqlDbType.Uuid);
        Add(JsonNamingPolicy.SnakeCaseLower.ConvertName(query.Status.ToString()), NpgsqlDbType.Text);
        Add(query.Queue, NpgsqlDbType.Text);
        Add(query.Type, NpgsqlDbType.Text);
        Add(after?.DiedAt.ToUniversalTime(), NpgsqlDbType.TimestampTz);
        Add(after?.Id, NpgsqlDbType.Uuid);
        Add(query.Page.Rows, NpgsqlDbType.Integer);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return [.. (await reader.ReadAll<Row>(cancellationToken)).Select(Letter)];

        void Add(object? value, NpgsqlDbType type) => command.Parameters.Add(new() { Value = value ?? DBNull.Value, NpgsqlDbType = type });
    }

    public Task Redrive(Guid id, MessageScope scope, CancellationToken cancellationToken) =>
        Step("redrive", id, scope, tenant => DeadLetterSql.Redrive(tenant, id, context.Actor), cancellationToken);

    public Task Discard(Guid id, MessageScope scope, CancellationToken cancellationToken) =>
        Step("discard", id, scope, tenant => DeadLetterSql.Discard(tenant, id, context.Actor), cancellationToken);

    private async Task Step(string name, Guid id, MessageScope scope, Func<TenantId, NpgsqlBatchCommand> step, CancellationToken cancellationToken)
    {
        var tenant = scope.Tenant ?? await TenantOf(id, cancellationToken);
        if (!await steps.Take(tenant, step(tenant)))
        {
            throw new DomainException(await steps.EndOf(tenant, id) is { } status ? MessageErrors.NotPossible(status, name) : MessageErrors.LetterNotFound);
        }
    }

    private async Task<TenantId> TenantOf(Guid id, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("select tenant_of_dead_letter($1)");
        command.Parameters.Add(new() { Value = id });
        return await command.ExecuteScalarAsync(cancellationToken) is Guid tenant ? new(tenant) : throw new DomainException(MessageErrors.LetterNotFound);
    }

    private DeadLetter Letter(Row row) => new(
        row.MessageId, new(row.TenantId), row.Queue, row.Type, types.Subject(row.Type, row.Body), row.Status, row.DueAt, row.Failures, MessageFaults.Of(row.Error),
        row.Metadata.CorrelationId, row.Metadata.CausationId, row.DiedAt, row.ClosedAt, row.ClosedBy);

    private sealed record Row(
        Guid MessageId, Guid TenantId, string Queue, string Type, string Body, DeadLetterStatus Status, DateTimeOffset DueAt, int Failures, string Error,
        EventMetadata Metadata, DateTimeOffset DiedAt, DateTimeOffset? ClosedAt, Actor? ClosedBy);
}
