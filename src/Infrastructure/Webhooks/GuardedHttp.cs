using System.Net;
using System.Net.Sockets;

namespace Mainstreet.Infrastructure.Webhooks;

/// <summary>Asks the network for the addresses of a name.</summary>
internal delegate Task<IPAddress[]> Resolve(string host, CancellationToken cancellationToken);

/// <summary>The name stands for at least one address that webhooks may not reach.</summary>
internal sealed class AddressRefusedException(string host) : Exception($"{host} is not on the public internet.");

/// <summary>
/// HTTP that reaches permitted addresses only. The name is looked up once, every answer is judged, and the socket connects
/// to one of the judged addresses: a name that answers differently the second time gains nothing.
/// </summary>
internal static class GuardedHttp
{
    public static SocketsHttpHandler Handler(AddressPolicy policy, WebhookOptions options, Resolve resolve) => new()
    {
        ConnectCallback = (context, cancellationToken) => Connect(context.DnsEndPoint, policy, options.ConnectTimeout, resolve, cancellationToken),
        ConnectTimeout = options.Timeout,       // a connection outlives the attempt that asked for it
        AllowAutoRedirect = false,
        UseProxy = false,                       // a proxy would look the name up again
        UseCookies = false,
        Credentials = null,
        PreAuthenticate = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,       // receivers see only the headers of the attempt
        MaxResponseHeadersLength = 16,
        MaxResponseDrainSize = 0,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
    };

    private static async ValueTask<Stream> Connect(
        DnsEndPoint target, AddressPolicy policy, TimeSpan connectTimeout, Resolve resolve, CancellationToken cancellationToken)
    {
        var addresses = await resolve(target.Host, cancellationToken);
        if (addresses.Length == 0)
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        if (!addresses.All(policy.Allows))
        {
            throw new AddressRefusedException(target.Host);
        }

        for (var i = 0; ; i++)
        {
            using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            timeout.CancelAfter(connectTimeout);
            var socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(addresses[i], target.Port), timeout.Token);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException && i < addresses.Length - 1 && !cancellationToken.IsCancellationRequested)
            {
                socket.Dispose();       // the next address has its turn
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}
