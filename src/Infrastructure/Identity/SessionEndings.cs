using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Domain.Customers;
using Mainstreet.Domain.Identity;
using Mainstreet.Infrastructure.EventStore;
using Npgsql;
using NpgsqlTypes;

namespace Mainstreet.Infrastructure.Identity;

/// <summary>Ends the sessions of whom another password or none keeps out: in the same commit, so that none outlives it.</summary>
internal static class SessionEndings
{
    /// <summary>Whether a commit of the event may end sessions.</summary>
    public static bool Follow(IEvent e) => e is UserPasswordChanged or UserDeactivated or CustomerPasswordChanged or CustomerAccountClosed;

    public static void AddTo(NpgsqlBatch batch, CommitPlan plan)
    {
        foreach (var e in plan.Appended.Select(entry => entry.Event))
        {
            switch (e)
            {
                case UserPasswordChanged changed:
                    batch.BatchCommands.Add(End(changed.UserId, SessionEnds.PasswordChanged));
                    break;
                case CustomerPasswordChanged changed:
                    batch.BatchCommands.Add(End(changed.AccountId.SignsIn, SessionEnds.PasswordChanged, changed.KeptSession));
                    break;
                case CustomerAccountClosed closed:
                    batch.BatchCommands.Add(End(closed.AccountId.SignsIn, SessionEnds.Deactivated));
                    break;
                case UserDeactivated deactivated:
                    batch.BatchCommands.Add(End(deactivated.UserId, SessionEnds.Deactivated));
                    break;
            }
        }
    }

    private static NpgsqlBatchCommand End(UserId account, string why, Guid? kept = null) => new("""
        update sessions set ended_at = clock_timestamp(), ended_by = $2
         where tenant_id = (select current_tenant()) and account_id = $1 and ended_at is null and session_id is distinct from $3
        """)
    {
        Parameters =
        {
            new() { Value = account.Value },
            new() { Value = why },
            new() { Value = kept as object ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
        },
    };
}
