using Mainstreet.Domain;
using Npgsql;

namespace Mainstreet.Infrastructure.EventStore;

/// <summary>
/// Runs a commit, and again where that is right: a lost connection (with the same command id, so that a commit which did
/// happen is met and not repeated), and up to three lost races with other writers.
/// </summary>
internal sealed class CommitAttempts(NpgsqlDataSource database, CommitErrors errors, SubjectKeys keys)
{
    private const int Races = 3;
    private const int Connections = 2;

    public async Task<TResult> Run<TResult>(Guid commandId, bool retryConflicts, Func<Task<TResult>> attempt)
    {
        var (lost, broken) = (0, 0);
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
}
