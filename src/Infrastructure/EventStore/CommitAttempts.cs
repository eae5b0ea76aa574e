using Mainstreet.Application;
using Mainstreet.Domain;
using Mainstreet.Infrastructure.Subscriptions;
using Npgsql;

namespace Mainstreet.Infrastructure.EventStore;

/// <summary>
/// Runs a commit, and again where that is right: a lost connection (with the same command id, so that a commit which did
/// happen is met and not repeated), up to three lost races with other writers, and when a view that was behind the log has caught up.
/// </summary>
internal sealed class CommitAttempts(NpgsqlDataSource database, CommitErrors errors, SubjectKeys keys, SubscriptionRunner runner)
{
    private const int Races = 3;
    private const int Connections = 2;
    private const int Fillings = 3;

    /// <summary>How long a command waits for a view; one that is filled from the beginning of a long log takes longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Errors: UnavailableException view_building when a view that has to be as the log is lacks more than can be folded at once.</summary>
    public async Task<TResult> Run<TResult>(TenantId tenant, Guid commandId, bool retryConflicts, Func<Task<TResult>> attempt)
    {
        var (lost, broken, filled) = (0, 0, 0);
        while (true)
        {
            try
            {
                return await attempt();
            }
            catch (NpgsqlException e) when (e.IsConnectionLost() && ++broken <= Connections)
            {
                database.Clear(); // unknown whether it was committed: the command id decides on the next attempt
            }
            catch (Exception e) when (e is PostgresException or StreamConflictException)
            {
                switch (e is PostgresException refused ? errors.Map(refused, commandId) : e)
                {
                    case StaleKeyException when ++lost <= Races:
                        keys.Forget();
                        continue;
                    case ViewBehindException when ++filled <= Fillings && await CatchUp(tenant):
                        continue;
                    case ViewBehindException:
                        throw new UnavailableException("view_building", "What this goes by is being put together from the log; try again.", TimeSpan.FromSeconds(2));
                    case StreamConflictException when retryConflicts && ++lost <= Races:
                        continue;
                    case StreamConflictException when retryConflicts:
                        throw new DomainException(CommitErrors.Busy);
                    case var mapped when mapped == e:
                        throw;
                    case var mapped:
                        throw mapped;
                }
            }
        }
    }

    /// <summary>False: there is more to fold than anybody waits for.</summary>
    private async Task<bool> CatchUp(TenantId tenant)
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        try
        {
            await runner.CatchUp(tenant, patience.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
