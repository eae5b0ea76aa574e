using System.Collections.Concurrent;
using Mainstreet.Application.Businesses;
using Mainstreet.Domain;
using Mainstreet.Domain.Businesses;
using Mainstreet.Infrastructure.Subscriptions;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.Tenancy;

/// <summary>
/// Remembers which businesses are not simply active. It looks at most once a second, when somebody asks, and at once when this process has
/// changed a state; a look keeps its askers waiting, so what it answers is never older than that second.
/// </summary>
internal sealed class BusinessStates : IBusinessStates, IDisposable
{
    private readonly NpgsqlDataSource database;
    private readonly RecentLook look;
    private readonly ConcurrentDictionary<TenantId, BusinessStatus> states = new();

    public BusinessStates(NpgsqlDataSource database, CommitSignal commits, TimeProvider clock)
    {
        this.database = database;
        look = new(clock, Read);
        look.AgainAfter(commits, e => e is BusinessEvent);
    }

    public async ValueTask<BusinessStatus> Of(TenantId business, CancellationToken cancellationToken)
    {
        await look.IfDue(cancellationToken);
        return states.GetValueOrDefault(business, BusinessStatus.Active);
    }

    public void Dispose() => look.Dispose();

    private async Task Read(TimeSpan? within, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var command = new NpgsqlCommand("select tenant_id, status from states_of_businesses($1)", connection)
        {
            Parameters = { new() { Value = (object?)within ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Interval } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var (business, status) = (new TenantId(reader.GetGuid(0)), Enum.Parse<BusinessStatus>(reader.GetString(1), ignoreCase: true));
            if (status is BusinessStatus.Active)
            {
                states.TryRemove(business, out _);
            }
            else
            {
                states[business] = status;
            }
        }
    }
}
