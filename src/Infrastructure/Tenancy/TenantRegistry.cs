using Mainstreet.Domain.Businesses;
using Mainstreet.Infrastructure.EventStore;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.Tenancy;

/// <summary>Keeps the tenants table, whose rows are the lanes, in step with the businesses of the platform's log: in the same commit.</summary>
internal static class TenantRegistry
{
    public static void AddTo(NpgsqlBatch batch, CommitPlan plan)
    {
        foreach (var e in plan.Appended.Select(entry => entry.Event))
        {
            switch (e)
            {
                case BusinessRegistered registered:
                    batch.BatchCommands.Add(Register(registered));
                    break;
                case BusinessActivated activated:
                    batch.BatchCommands.Add(SetStatus(activated.BusinessId.Value, "active"));
                    break;
                case BusinessReinstated reinstated:
                    batch.BatchCommands.Add(SetStatus(reinstated.BusinessId.Value, "active"));
                    break;
                case BusinessReopened reopened:
                    batch.BatchCommands.Add(SetStatus(reopened.BusinessId.Value, "active"));
                    break;
                case BusinessSuspended suspended:
                    batch.BatchCommands.Add(SetStatus(suspended.BusinessId.Value, "suspended"));
                    break;
                case BusinessClosingStarted closing:
                    batch.BatchCommands.Add(SetStatus(closing.BusinessId.Value, "closing"));
                    break;
                case BusinessClosed closed:
                    batch.BatchCommands.Add(SetStatus(closed.BusinessId.Value, "closed"));
                    break;
            }
        }
    }

    private static NpgsqlBatchCommand Register(BusinessRegistered e) => new("select register_tenant($1, 'business', $2, 'provisioning', $3, $4)")
    {
        Parameters =
        {
            new() { Value = e.BusinessId.Value },
            new() { Value = e.Mode is BusinessMode.Test ? "test" : "live" },
            new() { Value = (object?)e.TestClockId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            new() { Value = e.At.ToUniversalTime(), NpgsqlDbType = NpgsqlDbType.TimestampTz },
        },
    };

    private static NpgsqlBatchCommand SetStatus(Guid tenant, string status) => new("select set_tenant_status($1, $2)")
    {
        Parameters = { new() { Value = tenant }, new() { Value = status } },
    };
}
