using Microsoft.Extensions.Hosting;

namespace Mainstreet.Infrastructure.Startup;

/// <summary>
/// Work beside the requests that has something to say when the process stops. A host may be stopped from two sides at once: it
/// is said once, and both wait for it.
/// </summary>
internal abstract class LeavingService : BackgroundService
{
    private readonly Lock gate = new();
    private Task? stopping;

    public sealed override Task StopAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return stopping ??= Stop(cancellationToken);
        }
    }

    /// <summary>When the work has ended.</summary>
    protected abstract Task Leave(CancellationToken cancellationToken);

    private async Task Stop(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await Leave(cancellationToken);
    }
}
