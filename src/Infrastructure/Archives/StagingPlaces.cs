using Mainstreet.Application;

namespace Mainstreet.Infrastructure.Archives;

/// <summary>
/// A log that is being read holds a connection for as long as its sender takes. So a process reads a few at a time, and the others come again.
/// </summary>
internal sealed class StagingPlaces : IDisposable
{
    /// <summary>At a time.</summary>
    public const int Most = 2;

    private readonly SemaphoreSlim free = new(Most, Most);

    /// <summary>Errors: UnavailableException imports_busy.</summary>
    public void Take()
    {
        if (!free.Wait(TimeSpan.Zero))
        {
            throw new UnavailableException("imports_busy", $"A process reads {Most} logs at a time; try again.", TimeSpan.FromSeconds(30));
        }
    }

    public void Leave() => free.Release();

    public void Dispose() => free.Dispose();
}
