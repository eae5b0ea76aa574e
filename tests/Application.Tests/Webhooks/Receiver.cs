using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mainstreet.Application.Tests.Webhooks;

/// <summary>A receiver of webhooks on loopback that answers every connection with the given bytes, then closes it.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<string> requests = new();
    private readonly Task running;
    private int connections;

    /// <summary>Without an answer, the receiver accepts and is silent.</summary>
    public Receiver(params byte[][] answer)
    {
        listener.Start();
        running = Task.Run(() => Accept(answer));
    }

    public static Receiver Answering(string answer) => new(Encoding.Latin1.GetBytes(answer.ReplaceLineEndings("\r\n")));

    /// <summary>Says no more after the answer, but does not close the connection either.</summary>
    public bool StaysOpen { get; init; }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Connections that were made, accepted or still waiting.</summary>
    public int Connections => Volatile.Read(ref connections) + (listener.Pending() ? 1 : 0);

    /// <summary>Head and body of each request, as sent.</summary>
    public IReadOnlyCollection<string> Requests => requests;

    public Uri Url(string host = "127.0.0.1") => new($"http://{host}:{Port}/hook");

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        listener.Dispose();
        stop.Dispose();
    }

    private async Task Accept(byte[][] answer)
    {
        while (true)
        {
            using var client = await listener.AcceptTcpClientAsync(stop.Token);
            Interlocked.Increment(ref connections);
            var buffer = new byte[64 * 1024];
            var text = "";
            while (!IsComplete(text))
            {
                var read = await client.GetStream().ReadAsync(buffer, stop.Token);
                if (read == 0)
                {
                    break;
                }

                text += Encoding.UTF8.GetString(buffer, 0, read);
            }

            requests.Enqueue(text);
            try
            {
                foreach (var part in answer)
                {
                    await client.GetStream().WriteAsync(part, stop.Token);
                }

                if (StaysOpen || answer.Length == 0)
                {
                    await client.GetStream().CopyToAsync(Stream.Null, stop.Token);     // until the other side gives up
                }
            }
            catch (IOException)
            {
                // the sender has read enough
            }
        }
    }

    private static bool IsComplete(string request)
    {
        if (request.StartsWith('\x16'))
        {
            return true;        // a TLS greeting, which plain HTTP does not understand
        }

        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var at = request.IndexOf("Content-Length: ", StringComparison.Ordinal);
        return end > 0 && (at < 0 || request.Length - end - 4 >= int.Parse(request[(at + 16)..request.IndexOf('\r', at)]));
    }
}
