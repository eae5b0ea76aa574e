using System.Diagnostics;

namespace Mainstreet.Faults;

/// <summary>Some processes of the product, and the balancer before them: one after the other, as far as they are there.</summary>
internal sealed class Fleet : IAsyncDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"mainstreet-fleet-{Guid.NewGuid():N}");
    private readonly Lock gate = new();
    private readonly ApiProcess[] processes;
    private readonly List<ApiProcess> serving = [];
    private readonly Stopwatch served = new();
    private TaskCompletionSource joined = NewSignal();
    private int turn;
    private bool isOver;

    /// <param name="size">How many processes.</param>
    /// <param name="database">Connects to their database as its owner; null: a private PostgreSQL.</param>
    public Fleet(int size, string? database) =>
        processes = [.. Enumerable.Range(0, size).Select(i => new ApiProcess(Path.Combine(folder, $"{i}"), database))];

    public ApiProcess this[int index] => processes[index];

    /// <summary>How long there was a process to be asked.</summary>
    public TimeSpan Served => served.Elapsed;

    public async Task Start()
    {
        foreach (var process in processes)
        {
            await Start(process);
        }
    }

    public async Task Start(ApiProcess process)
    {
        await process.Start();
        Add(process);
    }

    /// <summary>From now on it gets requests.</summary>
    public void Add(ApiProcess process)
    {
        lock (gate)
        {
            serving.Add(process);
            served.Start();
            joined.TrySetResult();
        }
    }

    /// <summary>From now on it gets no request more, if it is not too late.</summary>
    public void Remove(ApiProcess process)
    {
        lock (gate)
        {
            serving.Remove(process);
            if (serving.Count == 0)
            {
                served.Stop();
                joined = NewSignal();
            }
        }
    }

    public async Task Kill(ApiProcess process)
    {
        Remove(process);
        await process.Kill();
    }

    /// <summary>Whoever's turn it is, who has to answer soon; while there is none, it waits for one.</summary>
    public async Task<HttpClient> Next()
    {
        while (true)
        {
            Task waiting;
            lock (gate)
            {
                ObjectDisposedException.ThrowIf(isOver, this);
                if (serving.Count > 0)
                {
                    return serving[(int)((uint)turn++ % (uint)serving.Count)].Hurried;
                }

                waiting = joined.Task;
            }

            await waiting.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (gate)
        {
            isOver = true;
            joined.TrySetResult();
        }

        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
