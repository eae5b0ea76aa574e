using Mainstreet.Domain.Customers;
using Mainstreet.Infrastructure.EventStore;
using Npgsql;

namespace Mainstreet.Infrastructure.Carts;

/// <summary>What a customer was about to buy goes with the account, in the same commit: notes are people's own words.</summary>
internal static class CartEndings
{
    public static void AddTo(NpgsqlBatch batch, CommitPlan plan)
    {
        foreach (var closed in plan.Appended.Select(entry => entry.Event).OfType<CustomerAccountClosed>())
        {
            batch.BatchCommands.Add(new("delete from carts where tenant_id = (select current_tenant()) and account_id = $1")
            {
                Parameters = { new() { Value = closed.AccountId.Value } },
            });
        }
    }
}
