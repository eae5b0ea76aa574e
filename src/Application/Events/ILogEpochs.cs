namespace Mainstreet.Application.Events;

/// <summary>The times between restores of an earlier state.</summary>
public interface ILogEpochs
{
    /// <summary>Begins a new one in every log, where it ends now.</summary>
    Task<LogEpoch> Begin(CancellationToken cancellationToken);
}
