using Mainstreet.Application.Notifications;
using Mainstreet.Domain;
using Mainstreet.Domain.Notifications;
using Mainstreet.Infrastructure.Tenancy;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.Providers;

/// <summary>Where messages to people end that are to reach nobody. Kept again under its key, a message stays one.</summary>
internal sealed class SandboxOutbox(NpgsqlDataSource database, RequestContext context)
{
    public Task Keep(EmailMessage mail) => Keep(
        SandboxMessageKind.Email, mail.IdempotencyKey, mail.To, mail.Subject, mail.Text, mail.Html, mail.Template, mail.SubjectId);

    public Task Keep(TextMessage message) => Keep(
        message.Channel is NotificationChannel.Sms ? SandboxMessageKind.Sms : SandboxMessageKind.Whatsapp, message.IdempotencyKey, message.To, null, message.Text, null,
        message.Template, message.SubjectId);

    public async Task Keep(PushMessage message)
    {
        foreach (var device in message.Devices)
        {
            await Keep(
                SandboxMessageKind.Push, $"{message.IdempotencyKey} {device.Endpoint}", device.Endpoint, message.Title, message.Text, null, message.Template, message.SubjectId);
        }
    }

    /// <summary>Nothing is kept of somebody who was erased meanwhile: an erasure waits for the key's lock, and then finds the row.</summary>
    private async Task Keep(
        SandboxMessageKind kind, string key, string recipient, string? subject, string text, string? html, string template, Guid? dataSubject)
    {
        var name = kind.ToString().ToLowerInvariant();
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                TenantSql.Set(context.Tenant),
                new("""
                    with person as (select wrapped from subject_keys where tenant_id = $1 and subject_id = $9 for share)
                    insert into sandbox_outbox
                      (tenant_id, message_id, kind, recipient, subject, text, html, template, subject_id, correlation_id, causation_id, sent_at)
                    select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, tenant_now()
                     where not exists (select from person where wrapped is null)
                    on conflict do nothing
                    """)
                {
                    Parameters =
                    {
                        new() { Value = context.Tenant.Value },
                        new() { Value = Uuid.Named("sandbox message", name, key) },
                        new() { Value = name },
                        new() { Value = recipient },
                        Text(subject),
                        new() { Value = text },
                        Text(html),
                        new() { Value = template },
                        Id(dataSubject),
                        new() { Value = context.CorrelationId },
                        Id(context.CausationId),
                    },
                },
            },
        };
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter Id(Guid? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid };
}
