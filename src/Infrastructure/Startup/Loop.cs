using Microsoft.Extensions.Logging;

namespace Mainstreet.Infrastructure.Startup;

/// <summary>Work that goes on for as long as its process does, whatever one turn of it meets. Nothing but its own end ends it.</summary>
internal static class Loop
{
    /// <summary>Between a turn that failed and the next, so that what is broken is not tried as fast as it fails.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Turn after turn, until it is told to stop.</summary>
    /// <param name="logger">Is told of every turn that failed.</param>
    /// <param name="work">What could not be done then.</param>
    /// <param name="turn">Waits for something to do, and does it.</param>
    /// <param name="stoppingToken">The end of it.</param>
    public static async Task Run(ILogger logger, string work, Func<CancellationToken, Task> turn, CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (!await Try(logger, work, turn, stoppingToken))
            {
                await Task.Delay(Pause, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>A turn after every period.</summary>
    /// <param name="atOnce">The first without waiting.</param>
    public static async Task Every(
        TimeSpan period, ILogger logger, string work, Func<CancellationToken, Task> turn, CancellationToken stoppingToken, bool atOnce = false)
    {
        using var timer = new PeriodicTimer(period, TimeProvider.System);
        var waits = !atOnce;
        await Run(
            logger, work,
            async stopping =>
            {
                if (waits)
                {
                    await timer.WaitForNextTickAsync(stopping);
                }

                waits = true;
                await turn(stopping);
            },
            stoppingToken);
    }

    /// <summary>One turn. False when it failed; not when it was told to stop.</summary>
    public static async Task<bool> Try(ILogger logger, string work, Func<CancellationToken, Task> turn, CancellationToken stoppingToken)
    {
        try
        {
            await turn(stoppingToken);
            return true;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return true;
        }
        catch (Exception e)
        {
            logger.LogWarning(e, "{Work} failed; the next try follows soon", work);
            return false;
        }
    }
}
