using System.Net;
using System.Net.Sockets;

namespace Mainstreet.Api.Tests;

/// <summary>Between a client and its server. Once shut, it lets so much more through to the server and then nothing, and the connection stays.</summary>
internal sealed class Sluice : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly TaskCompletionSource full = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task flow;
    private long left = long.MaxValue;

    /// <param name="server">The port of the server, on this machine.</param>
    public Sluice(int server)
    {
        listener.Start();
        flow = Flow(server);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Completes when nothing more gets through.</summary>
    public Task Full => full.Task;

    public void Shut(long after) => Interlocked.Exchange(ref left, after);

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Dispose();
        await flow.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // it was told to end
        end.Dispose();
    }

    private async Task Flow(int server)
    {
        using var client = await listener.AcceptTcpClientAsync(end.Token);
        using var behind = new TcpClient();
        await behind.ConnectAsync(IPAddress.Loopback, server, end.Token);
        var back = behind.GetStream().CopyToAsync(client.GetStream(), end.Token);
        var buffer = new byte[4096];
        while (await client.GetStream().ReadAsync(buffer, end.Token) is var read and > 0)
        {
            var through = (int)Math.Min(read, Interlocked.Read(ref left));
            await behind.GetStream().WriteAsync(buffer.AsMemory(0, through), end.Token);
            if (Interlocked.Add(ref left, -through) == 0)
            {
                full.TrySetResult();
                await new TaskCompletionSource().Task.WaitAsync(end.Token); // until it is told to end
            }
        }

        await back;
    }
}
