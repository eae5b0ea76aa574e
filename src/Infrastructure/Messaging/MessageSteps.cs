using System.Text.Json;
using Mainstreet.Application.Messages;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Reads;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;

namespace Mainstreet.Infrastructure.Messaging;

/// <summary>One step with one message of one tenant, as somebody asks for it; wakes the queue that it may have gone to.</summary>
internal sealed class MessageSteps(NpgsqlDataSource database, MessageSignal signal)
{
    /// <param name="tenant">Whose message it is.</param>
    /// <param name="step">Answers the message's queue, or nothing where the message is not in the state that it needs.</param>
    /// <returns>Whether it was done.</returns>
    public async Task<bool> Take(TenantId tenant, NpgsqlBatchCommand step)
    {
        var queue = await Text(tenant, step);
        if (queue is not null)
        {
            signal.Wake(queue);
        }

        return queue is not null;
    }

    /// <summary>How the message was given up or called off; null where it was not.</summary>
    public async Task<DeadLetterStatus?> EndOf(TenantId tenant, Guid id) =>
        await Text(tenant, new("select status from dead_letters where tenant_id = $1 and message_id = $2")
        {
            Parameters = { new() { Value = tenant.Value }, new() { Value = id } },
        }) is { } status ? JsonSerializer.Deserialize<DeadLetterStatus>($"\"{status}\"", Application.StoredJson.Options) : null;

    public async Task<bool> IsPending(TenantId tenant, Guid id) =>
        await Text(tenant, new("select queue from messages where tenant_id = $1 and message_id = $2 and target_tenant is null")
        {
            Parameters = { new() { Value = tenant.Value }, new() { Value = id } },
        }) is not null;

    private async Task<string?> Text(TenantId tenant, NpgsqlBatchCommand command) =>
        await database.Rows<string>(tenant, command, CancellationToken.None) is [var text] ? text : null;
}
